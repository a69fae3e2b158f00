import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'

test('npm start prints one loopback address in three lines, serves the page there, and stops on Ctrl-C', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts'], { env: { ...process.env, PORT: '0' } })
  const exited = once(child, 'exit')
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += String(chunk)
  })
  const url = await addressIn(child.stdout)
  expect(printed.trim().split('\n')).toHaveLength(3)
  const page = await fetch(url)
  expect(await page.text()).toContain('A handoff, both sides')
  child.kill('SIGINT')
  expect(await exited).toEqual([0, null])
  expect(printed).not.toContain('killed')
})

test('a port that is none is refused with a sentence', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts'], {
    env: { ...process.env, PORT: '80x' },
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += String(chunk)
  })
  expect(await once(child, 'exit')).toEqual([1, null])
  expect(said).toContain('PORT is "80x": name a number from 0 to 65535.')
})

/** The first address in what is printed. The stream stays open: who prints the next line to a closed one ends. */
function addressIn(stream: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    stream.on('data', (chunk) => {
      text += String(chunk)
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0]
      if (url) resolve(url)
    })
    stream.once('end', () => reject(new Error(`no address in: ${text}`)))
  })
}
