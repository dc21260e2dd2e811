/**
 * Why a document is not read, with what a person needs to mend it. A `path` is an XPath with the customary prefixes `cac:`
 * and `cbc:`, whatever prefixes the document itself uses.
 */
export type DocumentProblem =
  | { kind: 'too_large'; atMostBytes: number }
  | { kind: 'too_complex'; what: 'nesting' | 'attributes'; atMost: number }
  /** A document type or entity declaration: never needed in an invoice, and a known way to attack readers of XML. */
  | { kind: 'doctype' }
  | { kind: 'not_xml'; message: string }
  /** `root` as `{namespace}name`. */
  | { kind: 'not_ubl'; root: string }
  | { kind: 'missing'; path: string }
  /** More than once where UBL allows one, so that two readers could each take another. */
  | { kind: 'repeated'; path: string }
  | { kind: 'not_a_date'; path: string; text: string }
  | { kind: 'not_a_currency'; path: string; text: string }
  | { kind: 'not_an_amount'; path: string; text: string }
  | { kind: 'not_a_rate'; path: string; text: string }
  | { kind: 'too_precise'; path: string; text: string; atMostDecimals: number }
  | { kind: 'other_currency'; path: string; currency: string; documentCurrency: string }
  /** The amount at `path` is not what the document's other amounts come to. `computedFrom` says which, in words of UBL. */
  | { kind: 'inconsistent'; path: string; stated: string; computed: string; computedFrom: string }
  /** An Invoice with the type code of a credit note and a negative total. */
  | { kind: 'credits_twice'; path: string }
