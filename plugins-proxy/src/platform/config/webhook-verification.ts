/** How a connection knows its sender: one kind each, never two. */
export const verifications = ['signature', 'bearer', 'url'] as const;

export type Verification = (typeof verifications)[number];

/** Name of the query parameter that holds the secret where the address is all that a sender can carry. */
export const secretParameter = 'secret';
