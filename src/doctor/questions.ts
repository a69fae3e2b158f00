import { SETTING_TITLES } from '../settings-form'

const CONSOLE = 'platform.text.com/console'

/** What the doctor has to know: the five settings and the webhook address, each from the environment or from a person. */
export const QUESTIONS = [
  {
    name: 'clientId',
    variable: 'LIVECHAT_CLIENT_ID',
    label: SETTING_TITLES.clientId,
    help: `Of your LiveChat app: ${CONSOLE}/apps → your app → App Authorization.`,
    isSecret: false,
  },
  {
    name: 'organizationId',
    variable: 'LIVECHAT_ORGANIZATION_ID',
    label: SETTING_TITLES.organizationId,
    help: `A UUID: ${CONSOLE} → Settings → Organization ID.`,
    isSecret: false,
  },
  {
    name: 'webhookSecret',
    variable: 'LIVECHAT_WEBHOOK_SECRET',
    label: `${SETTING_TITLES.webhookSecret} (not shown)`,
    help: 'The random text that you enter in Botpress Studio, 16 to 255 characters.',
    isSecret: true,
  },
  {
    name: 'agentToken',
    variable: 'LIVECHAT_AGENT_TOKEN',
    label: `${SETTING_TITLES.agentToken} (not shown)`,
    help: `The Base64 value of a personal access token: ${CONSOLE} → Settings → Authorization.`,
    isSecret: true,
  },
  {
    name: 'groupId',
    variable: 'LIVECHAT_GROUP_ID',
    label: SETTING_TITLES.groupId,
    help: 'The number of the group: LiveChat → Team → Groups. 0 is the group "General".',
    isSecret: false,
  },
  {
    name: 'webhookUrl',
    variable: 'LIVECHAT_WEBHOOK_URL',
    label: 'Webhook URL',
    help: 'The address of the integration, as Botpress Studio shows it: https://webhook.botpress.cloud/…',
    isSecret: false,
  },
] as const

export type Question = { label: string; help: string; isSecret: boolean }
export type Answers = Record<(typeof QUESTIONS)[number]['name'], string>

/** Asks one question after the other; each answer holds something. */
type Ask = (questions: readonly Question[]) => Promise<string[]>

/** Nobody is there to be asked, and the environment does not say everything. */
class MissingAnswers extends Error {
  override readonly name = 'MissingAnswers'
  constructor(readonly variables: string[]) {
    super(`Set these environment variables, or run the doctor in a terminal: ${variables.join(', ')}`)
  }
}

/** Takes each answer from the environment, else asks for it. Throws `MissingAnswers` when nobody can be asked. */
export async function collectAnswers(environment: NodeJS.ProcessEnv, ask?: Ask): Promise<Answers> {
  const given = new Map<string, string>()
  for (const { name, variable } of QUESTIONS) {
    const value = environment[variable]?.trim()
    if (value) given.set(name, value)
  }
  const missing = QUESTIONS.filter(({ name }) => !given.has(name))
  if (missing.length > 0) {
    if (!ask) throw new MissingAnswers(missing.map(({ variable }) => variable))
    const answers = await ask(missing)
    missing.forEach(({ name }, index) => given.set(name, answers[index] ?? ''))
  }
  return Object.fromEntries(given) as Answers
}
