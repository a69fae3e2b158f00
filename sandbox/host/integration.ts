import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Metrics } from './metrics'

export type IntegrationOptions = {
  /** Path of the bundle, e.g. `dist/index.cjs`. */
  bundle: string
  /** Added to the environment of this process: `BP_API_URL`, `BP_TOKEN`, `BP_WEBHOOK_URL` and the like. */
  env: Record<string, string>
  /** Default: a free one. */
  port?: number
}

/** The integration as its own process. */
export type IntegrationProcess = {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  readonly pid: number
  /** Everything it has written to stdout and stderr. */
  output(): string
  /** Loads the bundle anew: what it remembered is gone, as after a restart, and the process goes on. */
  forget(): Promise<void>
  /** What it has used since the last reading; the first only begins to measure. */
  metrics(): Promise<Metrics>
  /** Lets running requests finish, at most 2 s. */
  stop(): Promise<void>
  /** Ends it at once, in the middle of whatever it does. */
  kill(): Promise<void>
}

const SERVE = fileURLToPath(new URL('./serve.ts', import.meta.url))
const START_TIMEOUT_MS = 20_000
const STOP_TIMEOUT_MS = 2_000

/** Starts the bundle in a process of its own and resolves when it listens; rejects with its output when it does not. */
export async function startIntegration({ bundle, env, port = 0 }: IntegrationOptions): Promise<IntegrationProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', SERVE, bundle, String(port)], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'], // stdin carries nothing: its end tells the child that this process is gone
  })
  const written: string[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => written.push(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => written.push(text))
  const output = () => written.join('')
  const exited = once(child, 'exit').then(() => undefined)
  const listening = await whenListening(child, exited, output)
  return {
    url: `http://127.0.0.1:${listening}`,
    pid: child.pid ?? -1,
    output,
    forget: async () => void (await fetch(`http://127.0.0.1:${listening}/forget`)),
    metrics: async () => (await (await fetch(`http://127.0.0.1:${listening}/metrics`)).json()) as Metrics,
    stop: () => end(child, exited, 'SIGTERM'),
    kill: () => end(child, exited, 'SIGKILL'),
  }
}

function whenListening(child: ChildProcess, exited: Promise<void>, output: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = () => {
      child.kill('SIGKILL')
      reject(new Error(`the integration did not start:\n${output()}`))
    }
    const timer = setTimeout(fail, START_TIMEOUT_MS)
    void exited.then(() => {
      clearTimeout(timer)
      fail()
    })
    child.stdout?.on('data', () => {
      const port = /^listening (\d+)$/m.exec(output())?.[1]
      if (!port) return
      clearTimeout(timer)
      resolve(Number(port))
    })
  })
}

async function end(child: ChildProcess, exited: Promise<void>, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await Promise.race([exited, after(STOP_TIMEOUT_MS).then(() => child.kill('SIGKILL'))])
  await exited
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref())
