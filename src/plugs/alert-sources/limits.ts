/** How much of one report is kept. What is beyond is cut with a warning on the alert; the raw body is stored in any case. */
export const DEDUP_KEY_MAX = 512
export const TITLE_MAX = 1024
/** Labels of one alert, and annotations of one alert. */
export const ENTRIES_MAX = 256
export const NAME_MAX = 512
export const LABEL_MAX = 4096
export const ANNOTATION_MAX = 65_536
export const LINKS_MAX = 32
export const HREF_MAX = 8192
export const LINK_TEXT_MAX = 256
export const WARNINGS_MAX = 32
export const PROBLEMS_MAX = 32
/** Nested deeper than this is no report but an attack: `JSON.stringify` would overflow the stack at some ten thousand. */
export const DEPTH_MAX = 64
