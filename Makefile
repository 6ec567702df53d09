# Thin on purpose: what each target does stands in the script of its name.
#   make run [VIDEO=film.mp4] [PROMPT="warm lo-fi beat"] [OUT=scored.mp4]   score a film; without VIDEO a little one is made
#   make test                                                              every check and every test
#   make media                                                             every film of the test media, and what became of it
#   make bench                                                             cost beside plain ffmpeg
#   make cues                                                              every genre before the judge: docs/cues.md
#   make balance                                                           balance and width of every genre: docs/balance.md
#   make chips                                                             authentic chip music on another console: docs/chips.md
#   make mixes                                                             speech under music, loudness: docs/mixing.md
#   make cuts                                                              cuts, dissolves and fades against labels: docs/watching.md
#   make malformed [COUNT=500]                                             damaged films: docs/malformed.md
#   make conformance [SECONDS=300]                                         the served API against its own document
#   make babble [COUNT=1000000]                                            whatever people may type, at the reader
#   make kill [COUNT=10000] [MUTANT=fence]                                 the server killed while clients use it
#   make roundtrip                                                         a film to the server and back: docs/serving-speed.md
#   make load                                                              streams, reads and uploads at once: docs/load.md
.PHONY: run test media bench cues balance chips mixes cuts malformed conformance babble kill roundtrip load

export VIDEO PROMPT OUT COUNT FILE MUTANT SEED

run:
	@scripts/run.sh

test:
	@scripts/test.sh

media:
	@scripts/media.sh

bench:
	@scripts/bench.sh

cues:
	@scripts/cues.sh

balance:
	@scripts/balance.sh

chips:
	@scripts/chips.sh

mixes:
	@scripts/mixes.sh

cuts:
	@scripts/cuts.sh

malformed:
	@scripts/malformed.sh

conformance:
	@scripts/conformance.sh $(SECONDS)

babble:
	@scripts/babble.sh

kill:
	@scripts/kill.sh

roundtrip:
	@scripts/roundtrip.sh

load:
	@scripts/load.sh
