export const GENERATED_HEADER =
  '// Written by `npm run generate` from solution/src. Change the solution, not this file.\n';
