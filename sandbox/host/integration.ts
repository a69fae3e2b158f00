import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Metrics } from './metrics'
import { serveProgram } from './program'

export type IntegrationOptions = {
  /** Path of the bundle, e.g. `dist/index.cjs`. */
  bundle: string
  /** Added to the environment of this process: `BP_API_URL`, `BP_TOKEN`, `BP_WEBHOOK_URL` and the like. */
  env: Record<string, string>
  /** Default: a free one. */
  port?: number
  /** The process names this number on its requests and answers; see `PROCESS_HEADER`. Default: no such header. */
  number?: number
  /** Called with each piece of text that the process writes to stdout or stderr. */
  onOutput?: (text: string) => void
}

/** The integration as its own process. */
export type IntegrationProcess = {
  /** `http://127.0.0.1:<port>` */
  readonly url: string
  readonly pid: number
  /** Resolves when the process is gone, whoever ended it. */
  readonly exited: Promise<void>
  /** Everything it has written to stdout and stderr. */
  output(): string
  /** Loads the bundle anew: what it remembered is gone, as after a restart, and the process goes on. */
  forget(): Promise<void>
  /** What it has used since the last reading; the first only begins to measure. */
  metrics(): Promise<Metrics>
  /** Stops it where it is (SIGSTOP): no timer runs, connections stay open. */
  freeze(): void
  /** Lets a frozen process go on: timers that became due meanwhile run at once. */
  thaw(): void
  /** Lets running requests finish, at most 2 s. A frozen process is ended after these 2 s. */
  stop(): Promise<void>
  /** Ends it at once, in the middle of whatever it does. */
  kill(): Promise<void>
}

const START_TIMEOUT_MS = 20_000
const STOP_TIMEOUT_MS = 2_000

/** Starts the bundle in a process of its own and resolves when it listens; rejects with its output when it does not. */
export async function startIntegration(options: IntegrationOptions): Promise<IntegrationProcess> {
  const child = spawnProgram(await serveProgram(), options)
  const output = collectOutput(child, options.onOutput)
  const exited = once(child, 'exit').then(() => undefined)
  const url = `http://127.0.0.1:${await whenListening(child, exited, output)}`
  return {
    url,
    pid: child.pid ?? -1,
    exited,
    output,
    forget: async () => void (await fetch(`${url}/forget`)),
    metrics: async () => (await (await fetch(`${url}/metrics`)).json()) as Metrics,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    stop: () => end(child, exited, 'SIGTERM'),
    kill: () => end(child, exited, 'SIGKILL'),
  }
}

function spawnProgram(program: string, { bundle, env, port = 0, number }: IntegrationOptions): ChildProcess {
  const given = [bundle, String(port), ...(number === undefined ? [] : [String(number)])]
  return spawn(process.execPath, ['--eval', program, '--', ...given], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'], // stdin carries nothing: its end tells the child that this process is gone
  })
}

function collectOutput(child: ChildProcess, onOutput?: (text: string) => void): () => string {
  const written: string[] = []
  const note = (text: string) => {
    written.push(text)
    onOutput?.(text)
  }
  child.stdout?.setEncoding('utf8').on('data', note)
  child.stderr?.setEncoding('utf8').on('data', note)
  return () => written.join('')
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
