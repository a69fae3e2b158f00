import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox'
import { setupReport, type Finding } from './report'
import { SITUATIONS } from './situations'
import { SetupTrials } from './trials'

let sandbox: Sandbox
let trials: SetupTrials

beforeAll(async () => {
  sandbox = await startSandbox()
  trials = new SetupTrials(sandbox, () => undefined)
})
afterAll(() => sandbox.close())

type Seen = { saved: string; works: boolean; wrong: string[] }

/** Saves a situation; what Studio shows of it, and what the report finds wrong. */
async function save(id: string): Promise<Seen> {
  await trials.save(id)
  const { saved } = trials.view()
  const report = await setupReport(sandbox.installation)
  if (!report.ok) throw new Error(report.problem)
  const findings: Finding[] = report.sections.flatMap((section) => section.findings)
  const wrong = findings.filter(({ kind, word }) => kind === 'bad' || word === 'missing').map(({ title }) => title)
  return { saved: saved?.ok === false ? saved.problem : 'saved', works: report.works, wrong }
}

const seen: Record<string, { saved: RegExp; works: boolean; wrong: string[] }> = {
  right: { saved: /^saved$/, works: true, wrong: [] },
  'wrong-token': { saved: /^Agent token is refused/, works: false, wrong: ['agentToken'] },
  'no-read-scope': {
    saved: /^Agent token may not read chats/,
    works: false,
    wrong: ['agentToken', 'chats--access:rw'],
  },
  'no-webhook-scope': { saved: /^saved$/, works: true, wrong: ['webhooks.configuration:rw'] },
  'wrong-group': { saved: /^Group not found/, works: false, wrong: ['groupId'] },
  'wrong-client': { saved: /^Client ID is unknown/, works: false, wrong: ['clientId'] },
  'no-redirect': { saved: /^Redirect URI is refused/, works: false, wrong: ['redirectUri'] },
  'webhooks-off': { saved: /^saved$/, works: false, wrong: ['webhooks'] },
  'slots-full': { saved: /webhook/i, works: false, wrong: ['webhooks'] },
}

test.each(SITUATIONS.map(({ id, label }) => ({ id, label })))(
  '"$label" is seen in Studio and in the report, and is put right again',
  async ({ id }) => {
    const found = await save(id)
    expect(found.saved).toMatch(seen[id]?.saved ?? 'a situation without a row')
    expect({ works: found.works, wrong: found.wrong }).toMatchObject({ works: seen[id]?.works })
    expect(found.wrong).toEqual(expect.arrayContaining(seen[id]?.wrong ?? []))
    expect(await save('right')).toEqual({ saved: 'saved', works: true, wrong: [] })
  },
)

test('what is saved is shown as Studio shows it: what differs is marked, and no secret is shown', async () => {
  await trials.save('wrong-group')
  const { settings, chosen } = trials.view()
  expect(chosen).toBe('wrong-group')
  expect(settings.filter(({ isChanged }) => isChanged)).toEqual([{ title: 'Group ID', value: '99', isChanged: true }])
  const { webhookSecret, agentToken } = sandbox.configuration
  for (const secret of [webhookSecret, agentToken]) expect(JSON.stringify(settings)).not.toContain(secret)
})

test('a situation that nobody knows is refused', async () => {
  await expect(trials.save('haunted')).rejects.toThrow('There is no set-up "haunted".')
})
