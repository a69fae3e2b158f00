import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** Asks at the terminal. The answer to a secret question is not shown; Ctrl-C rejects. */
export async function askAtTerminal(label: string, isSecret: boolean): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const prompt = `${label}: `
  if (isSecret) process.stdout.write(prompt) // what readline itself writes is not seen
  const terminal = createInterface({ input: process.stdin, output: isSecret ? silent : process.stdout, terminal: true })
  const stopped = new Promise<never>((_resolve, reject) => {
    terminal.once('SIGINT', () => reject(new Error('stopped')))
  })
  try {
    return await Promise.race([terminal.question(isSecret ? '' : prompt), stopped])
  } finally {
    terminal.close()
    if (isSecret) process.stdout.write('\n')
  }
}
