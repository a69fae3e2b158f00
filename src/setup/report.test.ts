import { describe, expect, test } from 'vitest'
import { LiveChatError, type Api, type Failure } from '../livechat/errors'
import { AgentId } from '../livechat/ids'
import type { Facts, Outcome } from './facts'
import { renderReport } from './render-report'
import { reportOn, type SetupReport } from './report'

const settings = {
  clientId: '4f1d2c3b5a697887a6b5c4d3e2f10987',
  organizationId: '7b0f3c52-1d8e-4a3f-9c65-0e4b2a7d1f88',
  webhookSecret: 'a-random-text-of-the-owner',
  agentToken: 'token',
  groupId: 7,
}
const webhookUrl = 'https://webhook.botpress.cloud/mine'

const error = (failure: Failure, type: string, words: string, action = 'deactivate_chat', api: Api = 'agent') =>
  new LiveChatError({ api, action, failure, status: 403, type, vendorMessage: words })

const ANSWERS = {
  given: undefined,
  forbidden: error('credentials', 'authorization', 'Missing required scope: any'),
  outOfReach: error('credentials', 'missing_access', 'Requester has no access'),
  silent: error('try-later', 'internal', ''),
  unreadable: error('unexpected', 'unfitting_answer', ''),
  'not found': error('not-found', 'not_found', ''),
  'not found by looking': error('not-found', 'not_found', '', 'get_chat'),
}
type Answer = keyof typeof ANSWERS

const MARIA = AgentId.parse('maria@acme.test')
const GIVEN = {
  groups: [{ id: 0, name: 'General' }],
  group: { id: 7, name: 'Support', agentPriorities: { 'maria@acme.test': 'normal' } },
  agents: [{ id: MARIA, name: 'Maria' }],
  statuses: [{ agentId: MARIA, status: 'accepting_chats' }],
  webhooks: [],
  webhooksState: { enabled: true },
  chats: [],
  closing: undefined,
}
type Fact = keyof typeof GIVEN

const outcome = <T>(answer: Answer, value: T): Outcome<T> => {
  const refused = ANSWERS[answer]
  return refused ? { error: refused } : { value }
}

/** Everything is right, but what is named. */
function factsWith(changes: Partial<Record<Fact, Answer>>): Facts {
  const facts = Object.entries(GIVEN).map(([name, value]) => [name, outcome(changes[name as Fact] ?? 'given', value)])
  return {
    token: { basic: 'x', accountId: 'y' },
    organization: { value: { organizationId: settings.organizationId } },
    owner: { value: { email: 'maria@acme.test' } },
    customer: { value: { accessToken: 'dal:x' } },
    groupStatus: { value: 'online' },
    ...(Object.fromEntries(facts) as object),
  }
}

const report = (facts: Facts, groupId = 7) =>
  reportOn({ settings: { ...settings, groupId }, redirectUri: webhookUrl, webhookUrl, isSaved: true }, facts)

/** A group that cannot exist is not asked about. */
const NOT_ASKED = { group: undefined, groupStatus: undefined, agents: undefined, statuses: undefined }

const presence = ({ scopes }: SetupReport, scope: string) => scopes.find((row) => row.scope === scope)?.present

/** Which scope each fact is allowed by, and by no lesser one. */
const SCOPE_OF = {
  groups: 'groups--all:ro',
  agents: 'agents--all:ro',
  webhooks: 'webhooks.configuration:rw',
  webhooksState: 'webhooks.state:ro',
} as const
const WHAT_ANSWERS_MEAN: Record<Answer, boolean | undefined> = {
  given: true,
  'not found': true,
  'not found by looking': true,
  forbidden: false,
  outOfReach: false,
  silent: undefined,
  unreadable: undefined,
}

describe('a scope is what its own method says, whatever the others say', () => {
  const answers = Object.keys(ANSWERS) as Answer[]
  const cases = (Object.keys(SCOPE_OF) as (keyof typeof SCOPE_OF)[]).flatMap((fact) =>
    answers.map((answer) => ({ fact, answer, scope: SCOPE_OF[fact], present: WHAT_ANSWERS_MEAN[answer] })),
  )
  test.each(cases)('$fact $answer: $scope is $present', ({ fact, answer, scope, present }) => {
    const found = report(factsWith({ [fact]: answer }))
    expect(presence(found, scope)).toBe(present)
    for (const other of Object.values(SCOPE_OF)) if (other !== scope) expect(presence(found, other)).toBe(true)
  })

  test.each([
    { answer: 'given', present: true },
    { answer: 'not found', present: true },
    { answer: 'not found by looking', present: undefined },
    { answer: 'forbidden', present: false },
    { answer: 'outOfReach', present: undefined },
    { answer: 'silent', present: undefined },
  ] as const)('closing a chat that does not exist is $answer: chats--access:rw is $present', ({ answer, present }) => {
    expect(presence(report(factsWith({ closing: answer })), 'chats--access:rw')).toBe(present)
  })
})

describe('findings do not contradict each other, whatever LiveChat answers', () => {
  const answers: Answer[] = ['given', 'forbidden', 'silent', 'not found']
  const combinations = answers.flatMap((group) =>
    answers.flatMap((groups) =>
      answers.flatMap((agents) => answers.map((webhooks) => ({ group, groups, agents, webhooks }))),
    ),
  )

  test('in all 256 combinations', () => {
    for (const combination of combinations) {
      for (const groupId of [7, -1]) {
        const facts = factsWith(combination)
        const found = report(groupId < 0 ? { ...facts, ...NOT_ASKED } : facts, groupId)
        expect(contradictions(found), JSON.stringify({ combination, groupId })).toEqual([])
      }
    }
  })

  function contradictions(found: SetupReport): string[] {
    const text = renderReport(found)
    const finding = (setting: string) => found.settings.find((each) => each.setting === setting)
    const isMissing = (scope: string) => presence(found, scope) === false
    const rules = {
      'groups are listed by a token that may not list them':
        text.includes('LiveChat has:') && presence(found, 'groups--all:ro') !== true,
      'a scope is missed that nothing refused':
        finding('groupId')?.finding.includes('may not see its agents') === true &&
        !isMissing('groups--all:ro') &&
        !isMissing('agents--all:ro'),
      'webhooks may not be seen, and the scope is there':
        finding('webhooks')?.finding.includes('may not see webhooks') === true &&
        !isMissing('webhooks.configuration:rw'),
      'a group is wrong that is named': finding('groupId')?.status === 'wrong' && found.group.name !== undefined,
      'all is right, and something is wrong': found.ok && found.settings.some(({ status }) => status === 'wrong'),
      'agents are shown for a group without agents':
        (found.group.agents ?? []).length > 0 && finding('groupId')?.finding.includes('has no agents') === true,
    }
    return Object.entries(rules).flatMap(([rule, isBroken]) => (isBroken ? [rule] : []))
  }
})

test('before the settings are saved, missing webhooks are no fault', () => {
  const facts = factsWith({})
  const asked = { settings, redirectUri: webhookUrl, webhookUrl }
  expect(reportOn({ ...asked, isSaved: true }, facts).ok).toBe(false)
  const unsaved = reportOn({ ...asked, isSaved: false }, facts)
  expect(unsaved.ok).toBe(true)
  expect(renderReport(unsaved)).toMatch(/! incoming_event +missing/)
})
