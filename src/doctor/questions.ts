export type Answers = Record<(typeof QUESTIONS)[number]['name'], string>

/** What the doctor has to know: the five settings and the webhook address, each from the environment or from a person. */
export const QUESTIONS = [
  { name: 'clientId', variable: 'LIVECHAT_CLIENT_ID', label: 'Client ID', isSecret: false },
  { name: 'organizationId', variable: 'LIVECHAT_ORGANIZATION_ID', label: 'Organization ID', isSecret: false },
  { name: 'webhookSecret', variable: 'LIVECHAT_WEBHOOK_SECRET', label: 'Webhook secret (not shown)', isSecret: true },
  { name: 'agentToken', variable: 'LIVECHAT_AGENT_TOKEN', label: 'Agent token (not shown)', isSecret: true },
  { name: 'groupId', variable: 'LIVECHAT_GROUP_ID', label: 'Group ID', isSecret: false },
  { name: 'webhookUrl', variable: 'LIVECHAT_WEBHOOK_URL', label: 'Webhook URL', isSecret: false },
] as const
type Question = (typeof QUESTIONS)[number]

export type Ask = (label: string, isSecret: boolean) => Promise<string>

/** Nobody is there to be asked, and the environment does not say everything. */
class MissingAnswers extends Error {
  override readonly name = 'MissingAnswers'
  constructor(readonly variables: string[]) {
    super(`Set these environment variables, or run the doctor in a terminal: ${variables.join(', ')}`)
  }
}

/** Takes each answer from the environment, else asks for it. Throws `MissingAnswers` when nobody can be asked. */
export async function collectAnswers(environment: NodeJS.ProcessEnv, ask?: Ask): Promise<Answers> {
  const given = ({ variable }: Question) => environment[variable]?.trim()
  const missing = QUESTIONS.filter((question) => given(question) === undefined)
  if (missing.length > 0 && !ask) throw new MissingAnswers(missing.map(({ variable }) => variable))
  const answers: Partial<Answers> = {}
  for (const question of QUESTIONS) {
    const { name, label, isSecret } = question
    answers[name] = given(question) ?? (ask ? (await ask(label, isSecret)).trim() : '')
  }
  return answers as Answers
}
