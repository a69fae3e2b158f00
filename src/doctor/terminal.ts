import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import type { Question } from './questions'

type Streams = { input: NodeJS.ReadableStream; output: NodeJS.WritableStream }

/**
 * Asks one question after the other; an empty answer is asked for again. Answers to secret questions are not shown.
 * Several lines that are pasted at once answer several questions: each line is taken in the very moment in which it
 * comes, so that what follows a secret question is hidden too. Ctrl-C and Ctrl-D reject.
 */
export function askAtTerminal(
  questions: readonly Question[],
  { input, output }: Streams = { input: process.stdin, output: process.stdout },
): Promise<string[]> {
  const echo = new Echo(output)
  // No history: the arrow keys would show a secret.
  const terminal = createInterface({ input, output: echo, terminal: true, historySize: 0 })
  const answers: string[] = []
  return new Promise((resolve, reject) => {
    const askNext = () => {
      const question = questions[answers.length]
      if (!question) {
        resolve(answers)
        return terminal.close()
      }
      output.write(`\n${question.help}\n`)
      terminal.setPrompt(`${question.label}: `)
      terminal.prompt()
      echo.isMuted = question.isSecret
    }
    terminal.on('line', (line) => {
      if (echo.isMuted) output.write('\n')
      echo.isMuted = false
      const answer = line.trim()
      if (answer !== '') answers.push(answer)
      else output.write('An answer is needed. Ctrl-C stops the doctor.\n')
      askNext()
    })
    terminal.once('SIGINT', () => terminal.close())
    terminal.once('close', () => reject(new Error('The doctor was stopped.'))) // no effect after an answer to all
    askNext()
  })
}

/** What the terminal shows of what is typed. */
class Echo extends Writable {
  isMuted = false

  constructor(private readonly output: NodeJS.WritableStream) {
    super()
  }

  override _write(chunk: string | Uint8Array, _encoding: string, done: () => void): void {
    if (!this.isMuted) this.output.write(chunk)
    done()
  }
}
