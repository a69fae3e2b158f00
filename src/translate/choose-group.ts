import type { Group } from '../livechat/api'

/** The group that a bot author wants for one handoff, by its name or by the language of its agents. */
type WantedGroup = { groupName: string | undefined; groupLanguage: string | undefined }

/** `isAmbiguous`: several groups have the name. */
type ChosenGroup = { id: number; by: 'groupName' | 'groupLanguage'; isAmbiguous: boolean }

/**
 * The wanted group among all of LiveChat: by its name, of several the lowest id; else by its language. Of several that speak it
 * one that accepts chats comes first, then the group of the settings, then the lowest id; one that is offline is not taken.
 */
export function chooseGroup(wanted: WantedGroup, groups: readonly Group[], usual: number): ChosenGroup | undefined {
  const sorted = [...groups].sort((a, b) => a.id - b.id)
  const named = sorted.filter(
    ({ name }) => wanted.groupName !== undefined && comparableName(name) === comparableName(wanted.groupName),
  )
  if (named[0]) return { id: named[0].id, by: 'groupName', isAmbiguous: named.length > 1 }
  const speaking = speakers(sorted, wanted.groupLanguage)
  const accepting = speaking.filter(({ routingStatus }) => routingStatus === 'accepting_chats')
  const best = accepting.length > 0 ? accepting : speaking
  const chosen = best.find(({ id }) => id === usual) ?? best[0]
  return chosen && { id: chosen.id, by: 'groupLanguage', isAmbiguous: false }
}

/** Groups of exactly this language before those of another country. LiveChat does not document its list of codes. */
function speakers(groups: readonly Group[], language: string | undefined): Group[] {
  const wanted = tagOf(language)
  if (primary(wanted) === '') return []
  const open = groups.filter(({ routingStatus }) => routingStatus !== 'offline')
  const exact = open.filter(({ languageCode }) => tagOf(languageCode) === wanted)
  return exact.length > 0 ? exact : open.filter(({ languageCode }) => primary(languageCode) === primary(language))
}

const comparableName = (name = '') => name.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase()
const tagOf = (language = '') => language.trim().toLowerCase().replaceAll('_', '-')
const primary = (language: string | undefined) => tagOf(language).split('-')[0]
