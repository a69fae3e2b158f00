import type { PageView, PushedEvent } from '../view'
import { startAsking } from './ask'
import { startChrome } from './chrome'
import { showCustomer, startCustomer } from './customer'
import { showDesk, startDesk } from './desk'
import { showFaults, startFaults } from './faults'
import { notify } from './notices'
import { showSession } from './session'
import { startSetup } from './setup'
import { addRows, clearRows, startWire } from './wire'

function showView(view: PageView): void {
  showCustomer(view.customer, view.session)
  showDesk(view.desk, view.session)
  showSession(view.session, view.story)
  showFaults(view.faults)
}

function take(event: PushedEvent): void {
  if (event.type === 'view') showView(event.view)
  else if (event.type === 'wire') addRows(event.rows)
  else clearRows()
}

function listen(): void {
  const source = new EventSource('/events')
  source.onmessage = ({ data }: MessageEvent<string>) => take(JSON.parse(data) as PushedEvent)
  source.onerror = () => notify('The connection to the sandbox is lost. It comes back by itself when the sandbox does.')
}

for (const start of [startAsking, startChrome, startCustomer, startDesk, startFaults, startSetup, startWire]) start()
listen()
