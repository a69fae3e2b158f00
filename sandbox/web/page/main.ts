import type { PageView, PushedEvent } from '../view'
import { startAsking } from './ask'
import { showChrome, startChrome } from './chrome'
import { showCustomer, startCustomer } from './customer'
import { showDesk, startDesk } from './desk'
import { showFaults, startFaults } from './faults'
import { showGuide, startGuide } from './guide/guide'
import { notify } from './notices'
import { showProcesses, startProcesses } from './processes'
import { showSession } from './session'
import { showSetup, startSetup } from './setup'
import { showStory, startStory } from './story'
import { startTabs } from './tabs'
import { addRows, clearRows, startWire } from './wire'

const PARTS = [
  startAsking,
  startChrome,
  startTabs,
  startCustomer,
  startDesk,
  startStory,
  startWire,
  startFaults,
  startSetup,
  startProcesses,
  startGuide,
]

function showView(view: PageView): void {
  for (const show of [showChrome, showCustomer, showDesk, showSession, showStory, showFaults]) show(view)
  for (const show of [showSetup, showProcesses, showGuide]) show(view)
}

function take(event: PushedEvent): void {
  if (event.type === 'view') showView(event.view)
  else if (event.type === 'wire') addRows(event.rows)
  else clearRows()
}

function listen(): void {
  const source = new EventSource('/events')
  let isLost = false
  source.onmessage = ({ data }: MessageEvent<string>) => {
    isLost = false
    take(JSON.parse(data) as PushedEvent)
  }
  source.onerror = () => {
    if (!isLost) notify('The connection to the sandbox is lost. The page tries again until it is back.')
    isLost = true
  }
}

for (const start of PARTS) start()
listen()
