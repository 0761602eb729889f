import { useEffect, useState } from 'react'

/** Copies a text; `copied` is true for two seconds afterwards, long enough to be read. */
export function useCopy(text: string): { copied: boolean; copy: () => void } {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  return { copied, copy: () => void putOnClipboard(text).then(() => setCopied(true)) }
}

/** Browsers offer the clipboard over HTTPS and on localhost only; a server of one's own is often neither. */
async function putOnClipboard(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'only-read'
  document.body.append(field)
  field.select()
  document.execCommand('copy')
  field.remove()
}
