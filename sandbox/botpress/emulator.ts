import type { Botpress, BotpressOptions } from './index'

export const Emulator = {
  start(options: BotpressOptions): Promise<Botpress> {
    return Promise.reject(new Error(`not yet: ${options.declared.name}`))
  },
}
