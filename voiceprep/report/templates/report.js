"use strict";
(() => {
  const LEAD_S = 0.15;
  const TAIL_S = 0.35;
  let playing = null;

  const settle = () => {
    if (playing) playing.place.classList.remove("playing");
    playing = null;
  };

  const play = (place) => {
    const player = document.getElementById(place.dataset.player);
    const isOn = playing && playing.place === place && !player.paused;
    if (playing) playing.player.pause();
    settle();
    if (isOn) return;
    const end = Number(place.dataset.end || Infinity);
    playing = { place, player, end: end + TAIL_S };
    place.classList.add("playing");
    player.currentTime = Math.max(0, Number(place.dataset.start) - LEAD_S);
    player.play().catch(settle);
  };

  document.addEventListener("click", (event) => {
    const place = event.target.closest("[data-player]");
    const selects = !event.target.closest("button") && !getSelection().isCollapsed;
    if (place && !selects) play(place);
  });

  for (const player of document.querySelectorAll("audio")) {
    player.addEventListener("play", () => {
      for (const other of document.querySelectorAll("audio")) {
        if (other !== player) other.pause();
      }
    });
    player.addEventListener("timeupdate", () => {
      if (playing && playing.player === player && player.currentTime >= playing.end) player.pause();
    });
    player.addEventListener("pause", () => {
      if (playing && playing.player === player) settle();
    });
  }
})();
