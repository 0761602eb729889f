import { api } from '../data/api.ts'
import { useOfDraft, useRested } from '../data/draft.ts'
import type { SeverityRank } from '../parts/severity-mark.tsx'
import type { PolicySpec, Simulation } from '../screens/policies/policy.ts'

/** A policy as it stands in a form, played through by the server. */
export function useSimulation(spec: PolicySpec, name: string, severity: SeverityRank, at: string) {
  const rested = useRested(spec)
  const { answer, isFetching, kept } = useOfDraft(['simulation', name, rested, severity, at], async (signal) => {
    const body = {
      spec: rested as unknown as Record<string, unknown>,
      severity,
      at: new Date(at).toISOString(),
      ...(name !== '' && { name }),
    }
    return simulationOf(await api.simulateDraft({ body, signal }))
  })
  return { simulation: answer, isAsking: isFetching || rested !== spec, kept }
}

function simulationOf(view: Awaited<ReturnType<typeof api.simulateDraft>>): Simulation {
  return {
    ...view,
    startsAt: Date.parse(view.startsAt),
    steps: view.steps.map((step) => ({
      ...step,
      at: Date.parse(step.at),
      pages: step.pages.map((page) => ({ ...page, at: Date.parse(page.at) })),
    })),
  }
}
