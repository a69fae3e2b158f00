import type { Configuration, Sandbox } from '../../sandbox'
import type { SetupView } from '../view'
import { restoreAccount, SITUATIONS } from './situations'

type Parts = Pick<Sandbox, 'livechat' | 'installation' | 'configuration'>

/** The five settings in Studio's words and order. */
const FIELDS: { key: keyof Configuration & string; title: string; isSecret?: boolean }[] = [
  { key: 'clientId', title: 'Client ID' },
  { key: 'organizationId', title: 'Organization ID' },
  { key: 'webhookSecret', title: 'Webhook secret', isSecret: true },
  { key: 'agentToken', title: 'Agent token (Base64)', isSecret: true },
  { key: 'groupId', title: 'Group ID' },
]

/** Set-ups that are tried on the page: each is saved as the owner of the bot would save it in Studio. */
export class SetupTrials {
  private chosen = 'right'
  private isSaving = false
  private saved: SetupView['saved']
  private configuration: Configuration
  private readonly redirectUris: readonly string[]

  constructor(
    private readonly parts: Parts,
    private readonly changed: () => void,
  ) {
    this.configuration = parts.configuration
    this.redirectUris = [...parts.livechat.store.apps.values()].flatMap((app) => app.redirectUris)
  }

  /** What is saved; it may differ from the configuration that the sandbox was started with. */
  get current(): Configuration {
    return this.configuration
  }

  /** Saves the settings of a situation. What Studio would show of a refusal is in the view; rejects for an unknown id. */
  async save(id: string): Promise<void> {
    const situation = SITUATIONS.find((each) => each.id === id)
    if (!situation) throw new Error(`There is no set-up "${id}".`)
    const { livechat, configuration } = this.parts
    restoreAccount(livechat, this.redirectUris)
    this.configuration = { ...configuration, ...situation.settings?.(livechat) }
    situation.account?.(livechat)
    Object.assign(this, { chosen: id, isSaving: true, saved: undefined })
    this.changed()
    this.saved = await this.register()
    this.isSaving = false
    this.changed()
  }

  /** Back to the right settings, e.g. before everything is started over. */
  async restore(): Promise<void> {
    if (this.chosen !== 'right') await this.save('right')
    this.saved = undefined
  }

  view(): SetupView {
    const { chosen, isSaving, saved, configuration } = this
    return {
      situations: SITUATIONS.map(({ id, label, hint }) => ({ id, label, hint })),
      chosen,
      isSaving,
      ...(saved && { saved }),
      settings: FIELDS.map(({ key, title, isSecret = false }) => ({
        title,
        value: isSecret ? '••••••••••••' : String(configuration[key]),
        isChanged: configuration[key] !== this.parts.configuration[key],
      })),
    }
  }

  private async register(): Promise<NonNullable<SetupView['saved']>> {
    try {
      await this.parts.installation.configure(this.configuration)
      return { ok: true }
    } catch (problem) {
      return { ok: false, problem: problem instanceof Error ? problem.message : String(problem) }
    }
  }
}
