/** Stands where the name or address of a person stood who was erased (R-1226). */
export const ERASED = '(erased)';
