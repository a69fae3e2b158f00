import type { Host } from './host'
import { startIntegration, type IntegrationOptions, type IntegrationProcess } from './integration'

/** So many processes that always run and take any number of requests at a time, each with an address of its own. */
export class Processes implements Host {
  running: readonly IntegrationProcess[] = []
  private readonly written: string[] = []
  private started = 0

  private constructor(
    private readonly given: IntegrationOptions,
    private readonly count: number,
  ) {}

  static async start(given: IntegrationOptions, count: number): Promise<Processes> {
    const processes = new Processes(given, count)
    await processes.startAll()
    return processes
  }

  get urls(): string[] {
    return this.running.map(({ url }) => url)
  }

  output(): string {
    return this.written.join('')
  }

  async forget(): Promise<void> {
    await Promise.all(this.running.map((process) => process.forget()))
  }

  async restart(): Promise<void> {
    await Promise.all(this.running.map((process) => process.kill()))
    await this.startAll()
  }

  async stop(isQuiet = false): Promise<void> {
    await Promise.all(this.running.map((process) => (isQuiet ? process.rest() : process.stop())))
  }

  private async startAll(): Promise<void> {
    this.running = await Promise.all(Array.from({ length: this.count }, () => this.start()))
  }

  private start(): Promise<IntegrationProcess> {
    this.started += 1
    const onOutput = (text: string) => void this.written.push(text)
    return startIntegration({ ...this.given, number: this.started, onOutput })
  }
}
