import { useEffect, useState } from 'react'
import { copyText } from '../browser.ts'
import { useToast } from './toast.tsx'
import { words } from './words.ts'

/** Copies a text; `copied` is true for two seconds afterwards, long enough to be read. */
export function useCopy(text: string): { copied: boolean; copy: () => void } {
  const toast = useToast()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  const tell = (isCopied: boolean) => (isCopied ? setCopied(true) : toast({ icon: 'warn', text: words.notCopied }))
  return { copied, copy: () => void copyText(text).then(tell) }
}
