import { z } from '@botpress/sdk'

/** A setting in the report. */
const finding = {
  setting: z.string().title('Setting').describe('Key of the setting, or redirectUri or webhooks'),
  status: z
    .enum(['ok', 'warning', 'wrong', 'unknown'])
    .title('Status')
    .describe('ok, warning (a handoff works), wrong (a handoff does not work) or unknown (not verified)'),
  finding: z.string().title('Finding').describe('What was found, and what to change where'),
}

/** A scope of the agent token. */
const scope = {
  scope: z.string().title('Scope').describe('Name of the scope in the LiveChat Developer Console'),
  present: z.boolean().optional().title('Present').describe('Whether the token has it. Left out when unknown'),
  missingMeans: z.string().title('Missing means').describe('What does not work without it'),
}

/** The group in the settings. */
const group = {
  id: z.number().title('ID').describe('Number of the group; -1 when the setting holds no valid number'),
  name: z.string().optional().title('Name').describe('Name of the group in LiveChat'),
  status: z.string().optional().title('Status').describe('Whether the group is online'),
  agents: z.array(z.string()).optional().title('Agents').describe('Names of the agents in the group'),
}

/** A webhook that the integration needs. */
const webhook = {
  action: z.string().title('Action').describe('What LiveChat reports with this webhook'),
  id: z.string().optional().title('ID').describe('ID of our registration'),
  state: z.string().title('State').describe('registered, missing or unknown'),
  slotsUsed: z
    .number()
    .optional()
    .title('Slots used')
    .describe('How many of the three webhooks that LiveChat allows for this action and Client ID exist'),
}

/** The action that reports what LiveChat says about each setting. */
export const checkSetup = {
  title: 'Check the set-up',
  description: 'Verifies every setting with LiveChat and reports what is right, what is wrong and where to fix it',
  input: { schema: z.object({}) },
  output: {
    schema: z.object({
      ok: z.boolean().title('All right').describe('Whether a handoff can work with these settings'),
      report: z.string().title('Report').describe('The findings as text, one line each'),
      settings: z.array(z.object(finding)).title('Settings').describe('Each setting with what was found'),
      scopes: z
        .array(z.object(scope))
        .title('Scopes')
        .describe('Each scope of the agent token: whether the token has it, and what does not work without it'),
      group: z
        .object(group)
        .title('Group')
        .describe('The group in the settings and its agents, as far as the token may know'),
      webhooks: z
        .array(z.object(webhook))
        .title('Webhooks')
        .describe('Each webhook that is needed, its registration, and how many of the three slots are used'),
      webhooksEnabled: z
        .boolean()
        .optional()
        .title('Webhooks enabled')
        .describe('Whether LiveChat delivers the webhooks of this app. Left out when the token may not know it'),
      webhookUrl: z.string().title('Webhook URL').describe('The address that LiveChat calls'),
    }),
  },
} as const
