"use strict";
(() => {
  const LEAD_S = 0.15;
  const TAIL_S = 0.35;
  let playing = null;

  const settle = () => {
    if (playing) playing.place.classList.remove("playing");
    playing = null;
  };

  const play = (place, id = place.dataset.player, start = place.dataset.start) => {
    const player = document.getElementById(id);
    const isOn = playing && playing.place === place && !player.paused;
    if (playing) playing.player.pause();
    settle();
    if (isOn) return;
    const end = Number(place.dataset.end || Infinity);
    playing = { place, player, end: end + TAIL_S };
    place.classList.add("playing");
    player.currentTime = Math.max(0, Number(start) - LEAD_S);
    player.play().catch(settle);
  };

  document.addEventListener("click", (event) => {
    const selects = !event.target.closest("button") && !getSelection().isCollapsed;
    const word = event.target.closest("[data-s]");
    const place = event.target.closest("[data-player]");
    if (selects) return;
    if (word) play(word, word.closest("[data-words]").dataset.words, word.dataset.s);
    else if (place) play(place);
  });

  for (const player of document.querySelectorAll("audio")) {
    const words = [...document.querySelectorAll(`[data-words="${player.id}"] [data-s]`)];
    let heard = null;

    const bringOut = (word) => {
      if (word === heard) return;
      if (heard) heard.classList.remove("heard");
      if (word) word.classList.add("heard");
      heard = word;
    };

    player.addEventListener("play", () => {
      for (const other of document.querySelectorAll("audio")) {
        if (other !== player) other.pause();
      }
    });
    player.addEventListener("timeupdate", () => {
      if (playing && playing.player === player && player.currentTime >= playing.end) player.pause();
      if (!player.paused) bringOut(words.findLast((one) => one.dataset.s <= player.currentTime));
    });
    player.addEventListener("pause", () => {
      bringOut(null);
      if (playing && playing.player === player) settle();
    });
  }
})();
