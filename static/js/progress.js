// While past observations are re-checked, shows how far it is. Without it there is a link to look again.

const EVERY = 5000;

async function lookAgain() {
  const shown = [...document.querySelectorAll("[data-progress]")];
  if (!shown.length || document.hidden) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = [...page.querySelectorAll("[data-progress]")];
  if (now.length !== shown.length) location.reload();
  else shown.forEach((part, at) => part.replaceWith(document.adoptNode(now[at])));
}

if (document.querySelector("[data-progress]")) setInterval(lookAgain, EVERY);
