#!/usr/bin/env bash
# demo_film.sh OUT.mp4: a little film of six shots, 22 s, 1280x720 at 30 frames a second, drawn and sounded by ffmpeg alone.
set -euo pipefail
out=$1
part=${out%.mp4}.part.mp4
trap 'rm -f "$part"' EXIT

# A calm start, two quick shots in the middle, a busy end: something to spot for a composer.
calm="gradients=s=1280x720:r=30:d=5:speed=0.01:c0=0x102040:c1=0x4060a0:c2=0x203060:nb_colors=3:seed=7"
zoom="mandelbrot=s=640x360:r=30:start_scale=1.2:end_scale=0.02:end_pts=120:maxiter=600,scale=1280:720"
grow="life=s=160x90:r=15:mold=12:life_color=0xf0c060:death_color=0x803020:ratio=0.18:seed=5,scale=1280:720:flags=neighbor"
test="testsrc2=s=1280x720:r=30"
rule="cellauto=s=160x90:r=30:rule=110:random_seed=3,scale=1280:720:flags=neighbor"
sand="sierpinski=s=1280x720:r=30:type=carpet:seed=11"

# Wind that swells and falls, with a low hum: no music and nobody who talks.
wind="anoisesrc=r=48000:c=brown:a=0.12:seed=4,tremolo=f=0.2:d=0.6,lowpass=f=900"
hum="sine=r=48000:f=82,volume=0.02"

ffmpeg -nostdin -v error -y \
  -f lavfi -t 5 -i "$calm" -f lavfi -t 4 -i "$zoom" -f lavfi -t 3.5 -i "$grow" \
  -f lavfi -t 2 -i "$test" -f lavfi -t 2.5 -i "$rule" -f lavfi -t 5 -i "$sand" \
  -f lavfi -t 22 -i "$wind" -f lavfi -t 22 -i "$hum" \
  -filter_complex "
    [0:v]fps=30,setsar=1,format=yuv420p[a];[1:v]fps=30,setsar=1,format=yuv420p[b];[2:v]fps=30,setsar=1,format=yuv420p[c];
    [3:v]fps=30,setsar=1,format=yuv420p[d];[4:v]fps=30,setsar=1,format=yuv420p[e];[5:v]fps=30,setsar=1,format=yuv420p[f];
    [a][b][c][d][e][f]concat=n=6:v=1:a=0[picture];
    [6:a][7:a]amix=inputs=2:duration=first:normalize=0,aformat=channel_layouts=stereo[sound]" \
  -map "[picture]" -map "[sound]" -t 22 -c:v libx264 -preset veryfast -crf 23 -g 250 -c:a aac -b:a 128k -movflags +faststart "$part"
mv "$part" "$out"
