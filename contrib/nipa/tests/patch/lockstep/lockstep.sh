#!/bin/bash
# A patch test for NIPA: copy this folder into its tests/patch.
exec lockstep adapter nipa
