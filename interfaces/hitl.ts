import * as sdk from '@botpress/sdk'

// The public `hitl` interface 2.0.0, written by hand so that `npm ci` is all a newcomer needs: same shapes as the package
// that `bp add` would generate. `bp deploy` finds the interface's id on the Hub by name and version.
/**
 * The version that is declared. `bp deploy` fails if the Hub does not have it, and nobody has seen 2.1.0 there. 2.1.0 only adds
 * `additionalData` to the six messages; the plugin takes every 2.x.
 */
const VERSION = '2.0.0' as '2.0.0' | '2.1.0'

const { z, messages, WELL_KNOWN_ATTRIBUTES } = sdk
const hidden = WELL_KNOWN_ATTRIBUTES.HIDDEN_IN_STUDIO

const source = z.union([
  z.object({ type: z.literal('user'), userId: z.string() }),
  z.object({ type: z.literal('bot') }),
])

// Keeps the literal, so that `switch (item.type)` narrows `item.payload`.
const item = <T extends string, P extends sdk.z.ZodTypeAny>(type: T, payload: P) =>
  z.object({ source, type: z.literal(type), payload })

const { text, image, audio, video, file, location, carousel, card, dropdown, choice } = messages.defaults
const { markdown, markdownBloc } = messages

const historyItem = z.union([
  item('text', text.schema),
  item('image', image.schema),
  item('audio', audio.schema),
  item('video', video.schema),
  item('file', file.schema),
  item('location', location.schema),
  item('carousel', carousel.schema),
  item('card', card.schema),
  item('dropdown', dropdown.schema),
  item('choice', choice.schema),
  item('bloc', markdownBloc.schema),
  item('markdown', markdown.schema),
])

// The author whom the message is sent for: absent on what the bot or the plugin says itself.
const sender = { userId: z.string().optional().describe('Allows sending a message pretending to be a certain user') }
const author = VERSION === '2.1.0' ? { ...sender, ...{ additionalData: z.string().max(500).optional() } } : sender

const definition = {
  name: 'hitl',
  version: VERSION,
  attributes: {},
  entities: {
    hitlSession: { title: 'HITL session', description: 'A HITL session', schema: z.object({}) },
  },
  actions: {
    createUser: {
      title: 'Create external user',
      description: 'Create an end user in the external service and in Botpress',
      attributes: hidden,
      input: {
        schema: z.object({
          name: z.string().title('Display name').describe('Display name of the end user'),
          pictureUrl: z.string().optional().title('Picture URL').describe("URL of the end user's avatar"),
          email: z.string().optional().title('Email address').describe('Email address of the end user'),
        }),
      },
      output: {
        schema: z.object({ userId: z.string().title('Botpress user ID').describe('ID of the Botpress user') }),
      },
    },
    startHitl: {
      title: 'Start new HITL session',
      description: 'Create a new HITL session in the external service and in Botpress',
      attributes: hidden,
      input: {
        schema: z.object({
          userId: z.string().title('User ID').describe('ID of the Botpress user'),
          title: z.string().optional().title('Title').describe('Title of the HITL session'),
          description: z.string().optional().title('Description').describe('Description of the HITL session'),
          hitlSession: z.optional(z.ref('hitlSession')),
          messageHistory: z.array(historyItem).title('Message history').describe('History of all messages so far'),
        }),
      },
      output: {
        schema: z.object({
          conversationId: z.string().title('HITL session ID').describe('ID of the Botpress conversation'),
        }),
      },
    },
    stopHitl: {
      title: 'Stop HITL session',
      description: 'Stop an existing HITL session in the external service and in Botpress',
      attributes: hidden,
      input: {
        schema: z.object({
          conversationId: z.string().title('HITL session ID').describe('ID of the Botpress conversation'),
        }),
      },
      output: { schema: z.object({}) },
    },
  },
  events: {
    hitlAssigned: {
      title: 'HITL assigned',
      description: 'Triggered when a HITL session is assigned to a human agent',
      attributes: hidden,
      schema: z.object({
        conversationId: z.string().title('HITL session ID').describe('ID of the Botpress conversation'),
        userId: z.string().title('Human agent user ID').describe('ID of the Botpress user that stands for the agent'),
      }),
    },
    hitlStopped: {
      title: 'HITL stopped',
      description: 'Triggered when a HITL session is stopped',
      attributes: hidden,
      schema: z.object({
        conversationId: z.string().title('HITL session ID').describe('ID of the Botpress conversation'),
      }),
    },
  },
  channels: {
    hitl: {
      messages: {
        text: { schema: text.schema.extend(author) },
        image: { schema: image.schema.extend(author) },
        audio: { schema: audio.schema.extend(author) },
        video: { schema: video.schema.extend(author) },
        file: { schema: file.schema.extend(author) },
        bloc: { schema: markdownBloc.schema.extend(author) },
      },
    },
  },
} as const

export default {
  type: 'interface',
  uri: undefined,
  id: undefined,
  name: 'hitl',
  version: VERSION,
  definition,
} as const satisfies sdk.InterfacePackage
