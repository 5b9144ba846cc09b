// What a live tally comes to. It is a row of presses, each with its moment: nothing ticks, so a page
// that slept or was closed has missed nothing. One of "speaks" names a role, one of "moment" its name.

const MOST = 24 * 60; // minutes that one role can be noted with
const MINUTE = 60_000;

// The presses since the tally was last begun afresh.
const counted = (presses) =>
  presses.slice(presses.findLastIndex(({ does }) => does === "afresh") + 1);

// Who speaks, and for how long each role and all together have spoken until `now`. A clock that was
// put back gives no time.
export function standing(presses, now) {
  const found = { role: "", last: "", times: {}, moments: {}, whole: 0, asked: "", isAsking: false };
  let since = now;
  const until = (at) => {
    if (!found.role) return;
    const passed = Math.max(0, at - since);
    found.times[found.role] = (found.times[found.role] ?? 0) + passed;
    found.whole += passed;
  };
  for (const { at, does, of } of counted(presses)) {
    if (does === "moment") {
      found.moments[of] = (found.moments[of] ?? 0) + 1;
      continue;
    }
    if (does === "ask") {
      found.isAsking = true;
      found.asked = "";
      continue;
    }
    until(at);
    found.role = does === "speaks" ? of : "";
    found.last = found.role || found.last;
    since = at;
    if (found.isAsking && found.role) {
      found.asked = found.role;
      found.isAsking = false;
    }
  }
  until(now);
  return found;
}

// [[role, milliseconds, share of 100]], the longest first.
export function shares({ times, whole }) {
  return Object.entries(times)
    .sort(([, one], [, other]) => other - one)
    .map(([role, time]) => [role, time, whole ? Math.round((100 * time) / whole) : 0]);
}

// What goes into the boxes of the form, by their names. Whoever spoke at all spoke for a minute.
export function figures({ times, moments, asked }) {
  const minutes = Object.entries(times)
    .filter(([, time]) => time > 0)
    .map(([role, time]) => [`minutes_${role}`, Math.min(MOST, Math.max(1, Math.round(time / MINUTE)))]);
  const first = asked ? [["asked_first", asked]] : [];
  return Object.fromEntries([...minutes, ...first, ...Object.entries(moments)]);
}

const of = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;

export const minutesInWords = (minutes) => of(minutes, "minute");

// Such as 40 seconds, 12 minutes, 1 hour 5 minutes: whole minutes that have passed.
export function lengthInWords(time) {
  const minutes = Math.floor(time / MINUTE);
  if (!minutes) return of(Math.floor(time / 1000), "second");
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours && of(hours, "hour"), (rest || !hours) && of(rest, "minute")].filter(Boolean).join(" ");
}
