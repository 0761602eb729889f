const small = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve']

/** Small numbers are words at the beginning of a sentence. */
function counted(count: number, one: string, many: string): string {
  return `${small[count] ?? count} ${count === 1 ? one : many}`
}

export const words = {
  title: 'Now',
  summary: (open: number, waiting: number) =>
    `${counted(open, 'incident is', 'incidents are')} open. ${waiting === 0 ? 'Nothing waits for you.' : `${counted(waiting, 'page waits', 'pages wait')} for you.`}`,
  waiting: 'Waiting for you',
  whatIsPaged: (service: string | undefined, since: string) => (service ? `${service}, since ${since}.` : `Since ${since}.`),
  youAre: (level: string) => `You are ${level}.`,
  isPagedIn: (who: string) => `${who} is paged in`,
  acknowledge: 'Acknowledge',
  escalate: 'Escalate',
  open: 'Open incidents',
  all: (count: number) => `All ${count}`,
  columns: { incident: 'What is broken' },
  onCall: 'Who is on call',
  nobodyOnCall: 'Nobody',
  onCallEmpty: 'No schedule has been written yet.',
  youAreOnCall: (what: string) => `You are on call, ${what}`,
  until: (when: string, relief: string | undefined) => (relief ? `until ${when}, then ${relief}` : `until ${when}`),
  notOnCall: 'You are not on call',
  nextShift: (what: string, when: string) => `Next: ${what}, ${when}`,
  noShift: 'No shift is planned for you',
  quiet: (since: string | undefined) => (since ? `All quiet since ${since}` : 'All quiet'),
  quietText: 'Pages and open incidents appear here by themselves.',
}
