import { z } from 'zod'
import { ApiError } from '../api-error'
import { read } from '../checks'
import { fitDeclared } from '../declared-schema'
import type { Payload } from '../objects'
import { declaredFor, type Caller } from '../platform'
import type { Settings } from '../settings'

const Text = z.string().min(1)
const title = Text.optional()
const image = { imageUrl: Text, title }
const audio = { audioUrl: Text, title }
const video = { videoUrl: Text, title }
const file = { fileUrl: Text, title }
const place = {
  latitude: z.number(),
  longitude: z.number(),
  address: z.string().optional(),
  title: z.string().optional(),
}

const BlocItem = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), payload: z.strictObject({ text: Text }) }),
  z.strictObject({ type: z.literal('image'), payload: z.strictObject(image) }),
  z.strictObject({ type: z.literal('audio'), payload: z.strictObject(audio) }),
  z.strictObject({ type: z.literal('video'), payload: z.strictObject(video) }),
  z.strictObject({ type: z.literal('file'), payload: z.strictObject(file) }),
  z.strictObject({ type: z.literal('location'), payload: z.strictObject(place) }),
  z.strictObject({ type: z.literal('markdown'), payload: z.strictObject({ markdown: Text }) }),
])

/** The six message types of the interface's channel `hitl`, whatever the definition at hand says. */
const HITL_TYPES: Record<string, z.ZodRawShape> = {
  text: { text: Text },
  image,
  audio,
  video,
  file,
  bloc: { items: z.array(BlocItem) },
}
const extension = { userId: z.string().optional() }
const extension210 = { ...extension, additionalData: z.string().max(500).optional() }

/** Types and payloads an integration may create are those of its channel; the bot's own are not checked. */
export function checkMessagePayload(
  settings: Settings,
  caller: Caller,
  channel: string,
  type: string,
  payload: Payload,
): void {
  const declared = declaredFor(caller)
  if (!declared) return
  const known = declared.channels[channel]?.messages[type]
  const shape = channel === 'hitl' ? HITL_TYPES[type] : undefined
  if (!known || (channel === 'hitl' && !shape)) {
    throw new ApiError('InvalidPayload', `channel ${channel} has no message type ${type}`)
  }
  if (shape && settings.payloadChecks !== 'off') read(hitlSchema(settings, shape), payload, 'InvalidDataFormat')
  fitDeclared(known.schema, payload, `message of type ${type}`, settings.payloadChecks)
}

function hitlSchema({ hitlInterface, payloadChecks }: Settings, shape: z.ZodRawShape): z.ZodType {
  const whole = { ...shape, ...(hitlInterface === '2.1.0' ? extension210 : extension) }
  return payloadChecks === 'strict' ? z.strictObject(whole) : z.looseObject(whole)
}
