import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import type { Metrics } from './metrics'
import type { Order, Report } from './orders'
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
  /**
   * Like `stop`. With `REUSE_PROCESSES` in the environment, a process in which no timer is left waits for the next bundle
   * instead, which spares a start. To be called when nothing that it began is under way.
   */
  rest(): Promise<void>
  /** Lets running requests finish, at most 2 s. A frozen process is ended after these 2 s. */
  stop(): Promise<void>
  /** Ends it at once, in the middle of whatever it does. */
  kill(): Promise<void>
}

const START_TIMEOUT_MS = 20_000
const STOP_TIMEOUT_MS = 2_000
/** Timers that the product leaves behind have run by then: most are of 3 s. */
const QUIET_TIMEOUT_MS = 5_000
/** A process that waits for its next bundle holds some 60 MB. */
const MOST_RESTING = 3

type Program = { child: ChildProcess; exited: Promise<void> }

/** Processes that have been used and wait for their next bundle. */
const resting: Program[] = []

/** Starts the bundle in a process of its own and resolves when it listens; rejects with its output when it does not. */
export async function startIntegration(options: IntegrationOptions): Promise<IntegrationProcess> {
  const program = takeResting() ?? spawnProgram(await serveProgram())
  const { child, exited } = program
  const { output, close } = collectOutput(child, options.onOutput)
  const url = `http://127.0.0.1:${await begin(program, options, output)}`
  const stop = () => end(program, 'SIGTERM')
  const kill = () => end(program, 'SIGKILL')
  return {
    url,
    pid: child.pid ?? -1,
    exited,
    output,
    forget: async () => void (await fetch(`${url}/forget`)),
    metrics: async () => (await (await fetch(`${url}/metrics`)).json()) as Metrics,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    rest: async () => {
      if (!process.env['REUSE_PROCESSES']) return stop()
      if (!(await ask(program, { do: 'rest' }, STOP_TIMEOUT_MS))) return kill()
      close()
      void putToRest(program)
    },
    stop,
    kill,
  }
}

function spawnProgram(text: string): Program {
  const child = spawn(process.execPath, ['--eval', text], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  return { child, exited: once(child, 'close').then(() => undefined) }
}

function takeResting(): Program | undefined {
  const program = resting.pop()
  if (program) for (const handle of handlesOf(program)) handle.ref()
  return program
}

/** Keeps a process for its next bundle once it is quiet. It holds nothing up, and what it would have said is dropped. */
async function putToRest(program: Program): Promise<void> {
  for (const handle of handlesOf(program)) handle.unref()
  const isQuiet = await nextReport(program, QUIET_TIMEOUT_MS)
  if (!isQuiet) return end(program, 'SIGTERM')
  resting.push(program)
  const [oldest] = resting.length > MOST_RESTING ? resting.splice(0, 1) : []
  if (oldest) void end(oldest, 'SIGTERM')
  await program.exited
  resting.splice(0, resting.length, ...resting.filter((each) => each !== program))
}

const handlesOf = ({ child }: Program) =>
  [child, child.channel, child.stdout as Socket | null, child.stderr as Socket | null].filter((each) => each != null)

function collectOutput({ stdout, stderr }: ChildProcess, onOutput?: (text: string) => void) {
  const written: string[] = []
  const note = (text: string) => {
    written.push(text)
    onOutput?.(text)
  }
  const streams = [stdout, stderr]
  for (const stream of streams) stream?.setEncoding('utf8').on('data', note)
  return {
    output: () => written.join(''),
    close: () => {
      for (const stream of streams) stream?.off('data', note)
    },
  }
}

/** Resolves to the port on which the bundle is served. */
async function begin(program: Program, options: IntegrationOptions, output: () => string): Promise<number> {
  const { bundle, env, port = 0, number } = options
  const report = await ask(program, { do: 'begin', bundle, env, port, number }, START_TIMEOUT_MS)
  if (report?.now === 'listening') return report.port
  program.child.kill('SIGKILL')
  throw new Error(`the integration did not start:\n${output()}`)
}

/** What a process answers; `undefined` when it has ended, or says nothing for so long. */
function ask(program: Program, order: Order, limitMs: number): Promise<Report | undefined> {
  const answered = nextReport(program, limitMs)
  program.child.send(order, () => undefined) // it may have ended
  return answered
}

async function nextReport({ child, exited }: Program, limitMs: number): Promise<Report | undefined> {
  const reported = once(child, 'message').then(([report]) => report as Report)
  return Promise.race([reported, exited.then(() => undefined), after(limitMs)])
}

async function end({ child, exited }: Program, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await Promise.race([exited, after(STOP_TIMEOUT_MS).then(() => child.kill('SIGKILL'))])
  await exited
}

const after = (ms: number) => new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), ms).unref())
