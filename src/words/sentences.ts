type Kinded = { kind: string }

/** One sentence for every member of a union: a member without one does not compile. `Also` is what it takes besides. */
export type Sentences<Union extends Kinded, Said = string, Also extends unknown[] = []> = {
  [Kind in Union['kind']]: (of: Extract<Union, { kind: Kind }>, ...also: Also) => Said
}

/** Say the sentence of one member. */
export const say = <Union extends Kinded, Kind extends Union['kind'], Said, Also extends unknown[]>(
  sentences: { [K in Kind]: (of: Extract<Union, { kind: K }>, ...also: Also) => Said },
  kind: Kind,
  of: Extract<Union, { kind: Kind }>,
  ...also: Also
): Said => sentences[kind](of, ...also)

/** What is so, and what a person does next. */
export type WhatNext = { text: string; next: string }
