/** `1 leaver`, `2 leavers`: a number with what it counts, and the verb that goes with it where one is given. */
export function counted(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
