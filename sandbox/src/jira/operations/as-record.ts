/** An object of a JSON body; anything else reads as one without properties. */
export function asRecord(value: unknown): Record<string, unknown> {
  // an object from JSON: any of its properties may be anything
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
