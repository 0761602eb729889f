import './toast.css'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-names.ts'
import { words } from './words.ts'

export interface ToastContent {
  icon?: IconName
  text: ReactNode
  /** The way back, for as long as the toast stands. */
  undo?: { name?: string; onUndo: () => void }
}

/** Says that the usual act has been done, and offers a way back. */
export function Toast({ icon = 'check', text, undo, secondsLeft }: ToastContent & { secondsLeft?: number }) {
  return (
    <div className="toast">
      <Icon name={icon} />
      <span>{text}</span>
      {undo && (
        <button type="button" onClick={undo.onUndo}>
          {undo.name ?? words.undo}
        </button>
      )}
      {undo && secondsLeft !== undefined && (
        <span className="toast-left" aria-hidden="true">
          {words.seconds(secondsLeft)}
        </span>
      )}
    </div>
  )
}

/** An undo stands for ten seconds, a mere word for five. */
const secondsOf = (content: ToastContent) => (content.undo ? 10 : 5)

interface Standing extends ToastContent {
  number: number
}

const ShowToast = createContext<(content: ToastContent) => void>(() => {})

export function useToast(): (content: ToastContent) => void {
  return useContext(ShowToast)
}

const UndoNewest = createContext<(() => void) | undefined>(undefined)

/** The way back that stands newest; undefined while none does. */
export function useUndoNewest(): (() => void) | undefined {
  return useContext(UndoNewest)
}

let shown = 0

/** Holds the toasts of the page, newest last, in one polite region. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [standing, setStanding] = useState<Standing[]>([])
  const show = useMemo(
    () => (content: ToastContent) => {
      shown += 1
      setStanding((others) => [...others.slice(-2), { ...content, number: shown }])
    },
    [],
  )
  const drop = (number: number) => setStanding((all) => all.filter((toast) => toast.number !== number))
  const undoable = standing.findLast(({ undo }) => undo !== undefined)
  const undoNewest =
    undoable &&
    (() => {
      drop(undoable.number)
      undoable.undo?.onUndo()
    })
  return (
    <ShowToast value={show}>
      <UndoNewest value={undoNewest}>{children}</UndoNewest>
      <output className="toasts">
        {standing.map((toast) => (
          <PassingToast key={toast.number} toast={toast} onGone={() => drop(toast.number)} />
        ))}
      </output>
    </ShowToast>
  )
}

function PassingToast({ toast, onGone }: { toast: Standing; onGone: () => void }) {
  const [left, setLeft] = useState(secondsOf(toast))
  useEffect(() => {
    if (left <= 0) return onGone()
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left, onGone])
  const undo = toast.undo && {
    ...toast.undo,
    onUndo: () => {
      toast.undo?.onUndo()
      onGone()
    },
  }
  return <Toast {...toast} {...(undo && { undo })} secondsLeft={left} />
}
