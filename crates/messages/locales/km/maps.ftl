map-title = ផែនទីរដ្ឋបាល
