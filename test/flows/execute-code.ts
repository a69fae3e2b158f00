import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import type { CodeCard, Event } from '../../sandbox/botpress'

/** What stays of a flow from one card to the next. */
export type Workflow = Record<string, unknown>

/** Runs the code that hub.md shows under this first line, as an Execute Code card of a bot. Throws when there is none. */
export async function executeCode(
  firstLine: string,
  { event, card, workflow }: { event: Event; card: CodeCard; workflow: Workflow },
): Promise<void> {
  const code = snippets().find((each) => each.startsWith(firstLine))
  if (!code) throw new Error(`hub.md shows no code that begins with "${firstLine}"`)
  await runInNewContext(`(async () => {\n${code}\n})()`, { event, workflow, client: clientOf(card) })
}

function snippets(): string[] {
  return [...readFileSync('hub.md', 'utf8').matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = '']) => code)
}

/** The part of Botpress' client that the snippets use. */
function clientOf(card: CodeCard) {
  return {
    getConversation: async ({ id }: { id: string }) => ({ conversation: await card.getConversation(id) }),
  }
}
