import { z } from '@botpress/sdk'

/** What is stored beside the tags. docs/architecture.md says which file reads and writes what. */
export const states = {
  customer: {
    type: 'user',
    schema: z.object({
      customerId: z.string().title('Customer ID').describe('The LiveChat customer that stands for this user'),
      cookieSecret: z.string().optional().title('Cookie secret').describe('Identifies us to LiveChat as this customer'),
      accessToken: z.string().title('Access token').describe("The customer's token, valid for some hours"),
      expiresAt: z.number().title('Expires at').describe('When the token ends, in milliseconds since 1970'),
    }),
  },
  turn: {
    type: 'user',
    schema: z.object({
      owner: z.string().title('Owner').describe('The request that is changing a handoff of this customer now'),
      until: z.number().title('Until').describe('When another request may take over, in milliseconds since 1970'),
    }),
  },
  choice: {
    type: 'conversation',
    schema: z.object({
      eventId: z.string().title('Event ID').describe('The event that offered the choice'),
      choices: z
        .array(
          z.object({
            number: z.number().title('Number').describe('The number that the customer may answer with'),
            label: z.string().title('Label').describe('Text of the button'),
            postbackId: z.string().optional().title('Postback ID').describe('Identifies the button in its event'),
            type: z.string().optional().title('Type').describe('What the button does in LiveChat'),
            value: z.string().optional().title('Value').describe('What the button sends in LiveChat'),
          }),
        )
        .title('Choices')
        .describe('The buttons as they were numbered for the customer'),
    }),
  },
  setup: {
    type: 'integration',
    schema: z.object({
      version: z.string().title('Version').describe('Which set of webhooks was registered'),
      registrations: z
        .array(
          z.object({
            id: z.string().title('ID').describe('ID of the webhook in LiveChat'),
            action: z.string().title('Action').describe('What LiveChat reports with this webhook'),
            url: z.string().title('URL').describe('The address that LiveChat calls'),
            clientId: z.string().optional().title('Client ID').describe('The app that the webhook belongs to'),
          }),
        )
        .title('Registrations')
        .describe('The webhooks that the integration registered; it removes no others'),
      saveId: z
        .string()
        .optional()
        .title('Save ID')
        .describe('Marks the save that began last: when two saves overlap, only that one keeps its webhooks'),
      clientId: z.string().optional().title('Client ID').describe('The Client ID that was last saved'),
      formerClients: z
        .array(
          z.object({
            clientId: z.string().title('Client ID').describe('A Client ID of an earlier configuration'),
            until: z.number().title('Until').describe('Until when its chats are accepted, in milliseconds since 1970'),
          }),
        )
        .optional()
        .title('Former Client IDs')
        .describe('Client IDs of earlier configurations, whose open chats go on for a time'),
      secretHash: z.string().optional().title('Secret hash').describe('HMAC of the webhook secret last registered'),
      previousSecretHash: z.string().optional().title('Previous secret hash').describe('HMAC of the secret before it'),
      previousSecretUntil: z
        .number()
        .optional()
        .title('Previous secret until')
        .describe('Until when the previous secret is accepted, in milliseconds since 1970'),
      probe: z
        .object({
          customerId: z.string().title('Customer ID').describe('The LiveChat customer'),
          cookieSecret: z
            .string()
            .optional()
            .title('Cookie secret')
            .describe('Identifies us to LiveChat as this customer'),
        })
        .optional()
        .title('Probe identity')
        .describe('The one customer that settings are verified with; each check uses the same one'),
      regions: z
        .record(z.string())
        .optional()
        .title('Regions')
        .describe('The region that LiveChat asked for, by the region that the token names'),
      spellings: z
        .literal('unified')
        .optional()
        .title('Spellings')
        .describe('Whether all e-mail addresses of customers have their one spelling'),
      manualUrl: z
        .string()
        .optional()
        .title('Manual URL')
        .describe('Address that the log named for webhooks created by hand'),
    }),
  },
} as const
