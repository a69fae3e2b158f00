import * as z from 'zod'

const text = z.string().trim().min(1).max(64_000)
const agentId = z.string().min(1)
const email = z.union([z.literal(''), z.email().max(320)])
const chat = { chatId: z.string().min(1), agentId }

/** What a person can do on the page, one shape each. The page sends one as JSON to `POST /commands`. */
export const Command = z.discriminatedUnion('do', [
  z.object({ do: z.literal('customer.says'), text }),
  z.object({ do: z.literal('customer.isCalled'), name: z.string().trim().max(200), email }),
  z.object({ do: z.literal('customer.rates'), score: z.enum(['good', 'bad']) }),
  z.object({ do: z.literal('agent.says'), ...chat, text, note: z.boolean() }),
  z.object({ do: z.literal('agent.sendsRich'), ...chat, template: z.enum(['quick replies', 'cards']) }),
  z.object({ do: z.literal('agent.edits'), ...chat, eventId: z.string().min(1), text }),
  z.object({ do: z.literal('agent.deletes'), ...chat, eventId: z.string().min(1) }),
  z.object({ do: z.literal('agent.joins'), ...chat }),
  z.object({ do: z.literal('agent.leaves'), ...chat }),
  z.object({ do: z.literal('agent.transfers'), ...chat, to: z.string().min(1) }),
  z.object({ do: z.literal('agent.queues'), ...chat }),
  z.object({ do: z.literal('agent.tags'), ...chat, tag: z.string().trim().min(1).max(100) }),
  z.object({ do: z.literal('agent.closes'), ...chat }),
  z.object({ do: z.literal('agent.reopens'), ...chat }),
  z.object({ do: z.literal('agent.becomes'), agentId, online: z.boolean() }),
  z.object({ do: z.literal('fault'), id: z.string().min(1), on: z.boolean() }),
  z.object({ do: z.literal('process.dies'), number: z.int().positive() }),
  z.object({ do: z.literal('processes'), count: z.union([z.literal(1), z.literal(3)]) }),
  z.object({ do: z.literal('setup'), situation: z.string().min(1) }),
  z.object({ do: z.literal('clearWire') }),
  z.object({ do: z.literal('reset') }),
])

export type Command = z.infer<typeof Command>
