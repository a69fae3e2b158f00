import { expect, test } from 'vitest'
import { customerOn, deskOn, phaseIs } from './actors'
import { onThePage } from './browser'

/** A red dot of 1 pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

onThePage('more than text', (stage) => {
  test('an image each way, a quick reply picked, a note that stays at the desk', async () => {
    const page = await stage.open()
    const [customer, desk] = [customerOn(page), deskOn(page)]
    await customer.says('agent')
    await phaseIs(page, 'Waiting')
    await desk.says('Show me, please.')
    await customer.sees('Show me, please.')

    await customer.attaches({ name: 'broken.png', mimeType: 'image/png', buffer: PNG })
    await desk.seesImage('broken.png')
    await desk.attaches({ name: 'new.png', mimeType: 'image/png', buffer: PNG })
    await customer.seesImage('new.png')

    await desk.writes('Private note')
    await desk.says('The third one this week.')
    await desk.sees('The third one this week.')
    await desk.presses('Quick replies')
    await customer.sees('When shall we deliver?')
    await customer.presses('Tomorrow')
    await desk.sees(/^Tomorrow$/)
    expect((await customer.lines()).join('\n')).not.toContain('third one this week')
  })
})
