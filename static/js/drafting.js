// What is typed in a criterion shows at once in the picture of the phone beside it.

const phone = document.querySelector("[data-on-a-phone]");
const form = document.getElementById("part-form");

if (phone && form) {
  form.addEventListener("input", (event) => {
    const place = phone.querySelector(`[data-shows="${event.target.name}"]`);
    if (place) place.textContent = event.target.value;
  });
}
