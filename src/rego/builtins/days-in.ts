/** How many days a month of the Gregorian calendar has, which repeats every 400 years; January is 1. */
export const daysIn = (year: number, month: number): number =>
  new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()
