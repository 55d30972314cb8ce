3 | read-str --len 5
