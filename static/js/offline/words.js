// Moments and ages in words, by this device's own clock, which may be wrong.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const of = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;

export function age(moment, now = Date.now()) {
  const passed = now - moment;
  if (passed < MINUTE) return "under a minute";
  if (passed < HOUR) return of(Math.floor(passed / MINUTE), "minute");
  if (passed < DAY) return of(Math.floor(passed / HOUR), "hour");
  return of(Math.floor(passed / DAY), "day");
}

export const clock = (moment) =>
  new Date(moment).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

export const day = (moment) =>
  new Date(moment).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" });

export const observations = (number) => of(number, "observation");
