#!/bin/bash -eu
exec "$SRC/wsconform/.clusterfuzzlite/build.sh"
