import { z } from 'zod'
import { ApiError } from '../api-error'
import { Name, PayloadObject } from '../checks'
import { operation } from '../operation'

const ConfigureIntegration = z.strictObject({
  identifier: Name.nullable().optional(),
  scheduleRegisterCall: z
    .enum(['hourly', 'daily', 'weekly', 'bi-weekly', 'monthly', 'bi-monthly', 'quarterly', 'yearly'])
    .optional(),
  sandboxIdentifiers: z.strictObject({}).nullable().optional(),
})

export const installationOperations = [
  operation({
    name: 'configureIntegration',
    method: 'POST',
    path: '/v1/chat/integrations/configure',
    body: ConfigureIntegration,
    run: ({ caller, body }) => {
      caller.installed.configured = body
      return {}
    },
  }),
  operation({
    name: 'trackAnalytics',
    method: 'POST',
    path: '/v1/chat/analytics',
    body: z.strictObject({ name: Name.min(1), count: z.number().min(1) }),
    run: () => ({}),
  }),
  operation({
    name: 'callAction',
    method: 'POST',
    path: '/v1/chat/actions',
    botOnly: true,
    body: z.strictObject({ type: Name, input: PayloadObject }),
    run: async ({ platform, caller, body }) => {
      const prefix = `${caller.installed.alias}:`
      if (!body.type.startsWith(prefix)) throw new ApiError('ResourceNotFound', `Action ${body.type} does not exist`)
      const output = await platform.callAction(caller.installed, body.type.slice(prefix.length), body.input)
      return { output, meta: { cached: false } }
    },
  }),
]
