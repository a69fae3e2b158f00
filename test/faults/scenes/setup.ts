import { WEBHOOKS } from '../../../src/setup/webhook-set'
import { noHandoff } from '../before'
import type { Play } from '../play'
import type { Effect, Scene } from '../scene'

export const WEBHOOKS_OF_OURS = WEBHOOKS.length

/** A question changes nothing: its answer is its effect. */
const answered = (_play: Play, told?: string): Effect => (told === undefined ? 'whole' : 'nothing')

async function withoutWebhooks({ sandbox }: Play): Promise<void> {
  await sandbox.installation.unregister()
}

/** Made and noted; one whose answer was lost goes when the settings are saved again. */
function webhooksMade({ sandbox }: Play): Effect {
  const { livechat, botpress, installation } = sandbox
  const { length } = livechat.webhooks.registrations()
  if (length > WEBHOOKS_OF_OURS) return { half: `${length} webhooks` }
  const noted = botpress.stateOf('integration', installation.integrationId, 'setup')?.['registrations']
  return length === WEBHOOKS_OF_OURS && Array.isArray(noted) && noted.length === length ? 'whole' : 'nothing'
}

/** The owner saves, removes or checks the settings; the bot asks before it hands over. */
export const SETUP: Scene[] = [
  {
    name: 'the settings are saved',
    prepare: withoutWebhooks,
    act: ({ sandbox }) => sandbox.installation.register(),
    effect: webhooksMade,
    isSetUp: true,
  },
  {
    name: 'the settings are saved while webhooks are off',
    prepare: async (play) => {
      await withoutWebhooks(play)
      for (const app of play.sandbox.livechat.store.apps.values()) app.webhooksEnabled = false
    },
    act: ({ sandbox }) => sandbox.installation.register(),
    effect: webhooksMade,
    isSetUp: true,
    onlyNewCalls: true,
  },
  {
    name: 'the integration is removed',
    prepare: noHandoff,
    act: ({ sandbox }) => sandbox.installation.unregister(),
    effect: ({ sandbox }) => (sandbox.livechat.webhooks.registrations().length === 0 ? 'whole' : 'nothing'),
    isSetUp: true,
  },
  {
    name: 'the set-up is checked',
    prepare: noHandoff,
    act: ({ sandbox }) => sandbox.installation.callAction('checkSetup', {}),
    effect: answered,
    onlyNewCalls: true,
  },
  {
    name: 'the set-up is checked after the group was removed',
    prepare: noHandoff,
    act: async ({ sandbox }) => {
      const { groups } = sandbox.livechat.store
      const removed = groups.get(sandbox.configuration.groupId)
      groups.delete(sandbox.configuration.groupId)
      await sandbox.installation.callAction('checkSetup', {})
      if (removed) groups.set(removed.id, removed)
    },
    effect: answered,
    onlyNewCalls: true,
  },
  {
    name: 'availability is asked for',
    prepare: noHandoff,
    act: ({ sandbox }) => sandbox.installation.callAction('checkAvailability', {}),
    effect: answered,
  },
]
