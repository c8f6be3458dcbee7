/** Column security: roles whose people have the profile that may write secured columns. Everyone reads them. */
export const columnWriters = /^(System Administrator|System Customizer|.*\bIntegration (Administrator|Service))$/;
