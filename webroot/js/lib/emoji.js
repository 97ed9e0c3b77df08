// A hand-kept list of the emoji people use, with the words one finds them by. Each is one the server takes as a reaction.

const GROUPS = [
  ['Smileys', `😀 grinning happy; 😃 smile happy; 😄 laughing eyes happy; 😁 beaming grin; 😆 squinting laugh; 😅 sweat relief; 😂 tears of joy laugh lol;
    🤣 rolling laugh rofl; 🙂 slight smile; 🙃 upside down irony; 😉 wink; 😊 blush smile; 😇 angel halo innocent; 🥰 in love hearts; 😍 heart eyes love;
    🤩 star struck wow; 😘 kiss; 😋 yummy tasty; 😛 tongue; 😜 wink tongue joke; 🤪 zany crazy; 🤗 hug; 🤭 oops giggle; 🤫 shush quiet secret;
    🤔 thinking hmm; 🤨 raised eyebrow doubt; 😐 neutral; 😑 expressionless; 😶 speechless; 😏 smirk; 😒 unamused; 🙄 rolling eyes; 😬 grimace awkward;
    😌 relieved calm; 😔 sad pensive; 😪 sleepy; 😴 asleep sleeping; 😷 mask ill; 🤒 fever ill; 🤕 hurt bandage; 🤢 sick nausea; 🤧 sneeze cold;
    🥵 hot; 🥶 cold freezing; 😵 dizzy; 🤯 mind blown; 🤠 cowboy; 🥳 party celebrate; 😎 cool sunglasses; 🤓 nerd; 🧐 monocle inspect; 😕 confused;
    😟 worried; 🙁 frown; 😮 surprised open mouth wow; 😲 astonished; 😳 flushed embarrassed; 🥺 pleading puppy eyes; 😢 crying sad; 😭 sobbing loud cry;
    😱 scream fear; 😖 confounded; 😞 disappointed; 😩 weary; 🥱 yawn bored; 😤 huff triumph; 😡 angry red; 🤬 swearing cursing; 😈 devil; 💀 skull dead;
    💩 poo; 🤡 clown; 👻 ghost; 👽 alien; 🤖 robot; 🫠 melting; 🫡 salute; 🥲 smile tear; 🤐 zipped mouth; 🤝 handshake deal`],
  ['Hands and people', `👍 thumbs up yes like; 👎 thumbs down no dislike; 👌 ok perfect; 🤌 pinched fingers; ✌️ victory peace; 🤞 fingers crossed luck;
    🤟 love you; 🤘 rock on; 🤙 call me; 👈 left; 👉 right; 👆 up; 👇 down; ☝️ point up one; ✋ raised hand stop high five; 👋 wave hello bye; 👏 clap applause;
    🙌 raised hands hooray; 🫶 heart hands; 👐 open hands; 🙏 thanks please pray; ✊ fist; 👊 fist bump; 💪 strong muscle; ✍️ writing; 👀 eyes look;
    👁️ eye; 🧠 brain; 👶 baby; 🧑 person; 👩 woman; 👨 man; 🧓 older person; 🙋 raising hand me; 🙆 ok gesture; 🙅 no gesture; 🤷 shrug; 🤦 facepalm;
    💁 information; 🙇 bow sorry; 🏃 running; 🚶 walking; 💃 dancing; 🕺 dancer; 👨‍👩‍👧 family; 🧑‍💻 coder technologist; 🦸 superhero; 🎅 santa`],
  ['Hearts and signs', `❤️ red heart love; 🧡 orange heart; 💛 yellow heart; 💚 green heart; 💙 blue heart; 💜 purple heart; 🖤 black heart; 🤍 white heart;
    💔 broken heart; 💕 two hearts; 💖 sparkling heart; 💯 hundred; 💥 boom collision; 💫 dizzy star; 💦 splash sweat; 💤 sleep zzz; ✅ check done yes;
    ☑️ checked box; ✔️ check mark; ❌ cross no wrong; ❗ exclamation important; ❓ question; ⚠️ warning; 🚫 forbidden; ⛔ no entry; 🔴 red circle;
    🟡 yellow circle; 🟢 green circle; 🔵 blue circle; ⭐ star; 🌟 glowing star; ✨ sparkles; ⚡ lightning fast; 🔥 fire hot lit; ➕ plus; ➖ minus;
    ➡️ right arrow; ⬅️ left arrow; ⬆️ up arrow; ⬇️ down arrow; 🔁 repeat; ♻️ recycle; 🆗 ok; 🆕 new; 🔔 bell; 🔕 mute; 💬 speech; 💭 thought`],
  ['Animals and nature', `🐶 dog; 🐱 cat; 🐭 mouse; 🐰 rabbit; 🦊 fox; 🐻 bear; 🐼 panda; 🐨 koala; 🐯 tiger; 🦁 lion; 🐮 cow; 🐷 pig; 🐸 frog; 🐵 monkey;
    🙈 see no evil monkey; 🙉 hear no evil; 🙊 speak no evil; 🐔 chicken; 🐧 penguin; 🐦 bird; 🦉 owl; 🦄 unicorn; 🐝 bee; 🐛 bug; 🦋 butterfly; 🐌 snail slow;
    🐢 turtle; 🐍 snake; 🐙 octopus; 🐟 fish; 🐬 dolphin; 🐳 whale; 🐘 elephant; 🦔 hedgehog; 🌵 cactus; 🌲 tree; 🌱 seedling; 🍀 clover luck; 🌹 rose;
    🌻 sunflower; 🌸 blossom; 🍁 maple leaf autumn; 🌍 earth world; 🌙 moon; ☀️ sun; ⛅ cloudy; 🌧️ rain; ❄️ snow; 🌈 rainbow; 🌊 wave sea`],
  ['Food and drink', `🍎 apple; 🍌 banana; 🍓 strawberry; 🍉 melon; 🍋 lemon; 🍒 cherries; 🥑 avocado; 🍅 tomato; 🥕 carrot; 🌶️ pepper hot; 🍞 bread;
    🥐 croissant; 🧀 cheese; 🥚 egg; 🍔 burger; 🍟 fries; 🍕 pizza; 🌭 hot dog; 🌮 taco; 🥗 salad; 🍝 pasta; 🍜 noodles; 🍣 sushi; 🍦 ice cream; 🍩 doughnut;
    🍪 cookie; 🎂 birthday cake; 🍰 cake; 🍫 chocolate; 🍿 popcorn; ☕ coffee; 🍵 tea; 🍺 beer; 🍻 cheers beers; 🥂 cheers clink; 🍷 wine; 🍹 cocktail; 🍾 champagne`],
  ['Things to do', `🎉 party tada congratulations; 🎊 confetti; 🎈 balloon; 🎁 gift present; 🏆 trophy winner; 🥇 gold medal first; 🥈 silver second; 🥉 bronze third;
    ⚽ football soccer; 🏀 basketball; 🎾 tennis; 🏐 volleyball; 🎯 target bullseye; 🎮 game; 🎲 dice; ♟️ chess; 🧩 puzzle; 🎨 art paint; 🎬 film; 🎤 sing microphone;
    🎧 headphones music; 🎵 music note; 🎸 guitar; 🎹 piano; 📷 camera; 🚴 cycling; 🏊 swimming; ⛷️ skiing; 🧗 climbing; 🧘 yoga calm`],
  ['Places and things', `🚀 rocket launch ship; ✈️ plane flight; 🚗 car; 🚌 bus; 🚆 train; 🚲 bicycle; ⛵ boat; 🚨 alarm siren; 🚧 construction; 🏠 house home; 🏢 office;
    🏥 hospital; 🏖️ beach holiday; ⛰️ mountain; 🗺️ map; ⏰ alarm clock; ⏳ hourglass waiting; 📅 calendar date; 📌 pin; 📎 paperclip; ✂️ scissors;
    📝 memo note; 📖 book; 📚 books; 📧 mail; 📦 package; 📈 chart up; 📉 chart down; 📊 bar chart; 💡 idea light; 🔍 search; 🔗 link; 🔒 locked; 🔓 unlocked;
    🔑 key; 🔨 hammer; 🔧 wrench fix; 🛠️ tools; ⚙️ gear settings; 🧪 test tube experiment; 💻 laptop computer; 📱 phone; ☎️ telephone; 🖨️ printer; 🔋 battery;
    💾 save floppy; 🗑️ bin trash delete; 💰 money; 💳 card; 🧾 receipt; 💎 gem; ⚖️ scales law; 🩹 plaster fix; 💊 pill; 🏳️ white flag; 🏁 finish flag; 🏳️‍🌈 rainbow flag`],
];

/** `[{name, emoji: [{emoji, name, words}]}]`. */
export const EMOJI = Object.freeze(GROUPS.map(([name, list]) => ({ name, emoji: list.split(';').map(entry) })));

function entry(text) {
  const [emoji, ...words] = text.trim().split(/\s+/u);
  return { emoji, name: words.join(' '), words };
}

const NAMES = new Map(EMOJI.flatMap(({ emoji }) => emoji.map((one) => [one.emoji, one.name])));

/** In words; itself when it is not in the list. */
export const emojiName = (emoji) => NAMES.get(emoji) ?? emoji;

/** What is offered first, until one has one's own habits. */
export const COMMON = Object.freeze(['👍', '❤️', '😂', '😮', '😢', '🎉']);

/** Those for which every word wanted begins one of theirs. */
export function findEmoji(query) {
  const wanted = query.trim().toLowerCase().split(/\s+/u).filter(Boolean);
  const all = EMOJI.flatMap(({ emoji }) => emoji);
  return all.filter(({ emoji, words }) => wanted.every((part) => emoji === part || words.some((word) => word.startsWith(part))));
}

const KEY = 'parley-emoji';

/** The ones used last in this browser, then the common ones; six of them. */
export function usualEmoji(store = storage()) {
  let own = [];
  try {
    own = JSON.parse(store?.getItem(KEY) ?? '[]').filter((emoji) => typeof emoji === 'string' && emoji.length <= 32);
  } catch {
    // Somebody else's words: the common ones will do.
  }
  return [...new Set([...own, ...COMMON])].slice(0, COMMON.length);
}

export function usedEmoji(emoji, store = storage()) {
  try {
    store?.setItem(KEY, JSON.stringify([...new Set([emoji, ...usualEmoji(store)])].slice(0, COMMON.length)));
  } catch {
    // Full or forbidden: nothing is learned.
  }
}

function storage() {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}
