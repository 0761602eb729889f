import { useEffect } from 'react'
import { keyChoices } from '../key-map.ts'
import { singleKeys } from '../keys.ts'
import { isOtherLanguageChosen, languageChoice, languageChoices } from '../language.ts'
import { storedChoice } from '../stored-choice.ts'
import { themeChoice } from '../theme.ts'
import { zoneChoice } from '../zone.ts'
import { api } from './api.ts'
import { queries, queryClient, useQuery } from './queries.ts'

type Profile = Awaited<ReturnType<typeof api.getPreferences>>

/** Chosen here while the server could not be told: then this browser is newer than the profile. */
const unsaved = storedChoice('tocsin.preferences-unsaved', ['no', 'yes'], 'no')

const choices = [themeChoice, singleKeys, languageChoice, zoneChoice, keyChoices]
/** A language is waited for, because the page is loaded again in it; but not for ever. */
const PATIENCE_MS = 4000

let isApplying = false
let isPerson = false
let saving: Promise<void> = Promise.resolve()

/** What is chosen in this browser is kept in the profile; another language loads the page again. */
export function followChoices(): void {
  for (const choice of choices)
    choice.subscribe(() => {
      if (!isApplying && isPerson) saving = saving.then(save)
    })
  // What the server said before says its moments by another clock.
  zoneChoice.subscribe(() => void (isApplying || queryClient.invalidateQueries()))
  languageChoice.subscribe(() => {
    // Without storage the page would come back in the language it has, again and again.
    if (!isOtherLanguageChosen() || !languageChoice.isKept()) return
    const patience = new Promise<void>((done) => setTimeout(done, PATIENCE_MS))
    void Promise.race([saving, patience]).then(() => location.reload())
  })
}

/** Whoever signs in finds the screens as they left them, in whichever browser. */
export function useProfile(hasPerson: boolean): void {
  const profile = useQuery({ ...queries.preferences(), enabled: hasPerson })
  useEffect(() => {
    isPerson = hasPerson
    if (!profile.data) return
    if (unsaved.read() === 'yes') saving = saving.then(save)
    else apply(profile.data)
  }, [hasPerson, profile.data])
}

function apply({ language, timeZone, theme, singleKeys: keysAlone, keys, savedAt }: Profile): void {
  isApplying = true
  // Before anything was saved, what this browser has been told counts more than a guess.
  if (savedAt !== null || languageChoice.read() === 'browser') choose(languageChoice, language)
  if (savedAt !== null || zoneChoice.read() === 'browser') choose(zoneChoice, timeZone)
  if (savedAt !== null) {
    choose(themeChoice, theme)
    choose(singleKeys, keysAlone ? 'on' : 'off')
    choose(keyChoices, JSON.stringify(keys))
  }
  isApplying = false
}

function choose<Value extends string>(choice: { read(): Value; choose(value: Value): void }, value: Value): void {
  if (choice.read() !== value) choice.choose(value)
}

async function save(): Promise<void> {
  try {
    const saved = await api.putPreferences({
      body: {
        language: languageChoices.find((one) => one === languageChoice.read()) ?? 'browser',
        timeZone: zoneChoice.read(),
        theme: themeChoice.read(),
        singleKeys: singleKeys.read() === 'on',
        keys: JSON.parse(keyChoices.read()) as Record<string, string>,
      },
    })
    unsaved.choose('no')
    queryClient.setQueryData(queries.preferences().queryKey, saved)
  } catch {
    unsaved.choose('yes')
  }
}
