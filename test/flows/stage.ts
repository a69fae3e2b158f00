import { afterAll, afterEach, beforeAll } from 'vitest'
import { startSandbox, type HandOver, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox'
import { withMode } from '../modes'
import { inTalk } from './people'

/** The sandbox of a test file, started once; each test finds both platforms empty and the integration without memory. */
export function freshStage(options: SandboxOptions = {}): () => Sandbox {
  let sandbox: Sandbox | undefined
  beforeAll(async () => {
    sandbox = await startSandbox(withMode(options))
  })
  afterEach(() => sandbox?.reset())
  afterAll(() => sandbox?.close())
  return () => {
    if (!sandbox) throw new Error('the sandbox is not there before the first test')
    return sandbox
  }
}

/** One talk of a customer with Maria for all tests of a file; each looks only at what came since it began. */
export function lastingTalk(options: SandboxOptions = {}): () => HandOver & { sandbox: Sandbox } {
  let talk: (HandOver & { sandbox: Sandbox }) | undefined
  beforeAll(async () => {
    const sandbox = await startSandbox(withMode(options))
    talk = { sandbox, ...(await inTalk(sandbox)) }
  })
  afterAll(() => talk?.sandbox.close())
  return () => {
    if (!talk) throw new Error('the talk has not begun before the first test')
    return talk
  }
}
