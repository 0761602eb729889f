export interface DrawnProps {
  search: Record<string, string | undefined>
  show: string
}
