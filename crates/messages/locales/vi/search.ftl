# Tìm kiếm trên trang.

search-title = Tìm kiếm
search-title-of = Tìm “{ $query }”
search-words = Từ cần tìm
search-hint = Gõ có dấu hoặc không dấu đều được. Đặt cụm từ trong ngoặc kép để tìm đúng cụm từ, ví dụ: “mẹ đỡ đầu”.
search-more = Lọc kết quả
search-kind = Loại
search-kind-any = Tất cả
search-kind-article = Bài viết
search-kind-page = Trang giới thiệu
search-kind-column = Chuyên mục
search-kind-report = Báo cáo
search-kind-document = Văn bản
search-column = Chuyên mục
search-column-any = Mọi chuyên mục
search-from = Từ ngày
search-until = Đến ngày
search-do = Tìm
search-clear = Bỏ các điều kiện lọc
search-recent = Mới đăng
search-count = { $count } kết quả
search-count-of = { $count } kết quả cho “{ $query }”
search-none = Không tìm thấy kết quả nào cho “{ $query }”.
search-none-filtered = Không có nội dung nào theo các điều kiện lọc này.
search-meant = Ý bạn là:
search-meant-count = ({ $count } kết quả)
search-ways = Bạn có thể thử
search-way-spelling = kiểm tra lại chính tả, hoặc gõ không dấu;
search-way-fewer = dùng ít từ hơn, hoặc từ thông dụng hơn;
search-way-unquoted = tìm không có ngoặc kép;
search-way-unfiltered = tìm trong tất cả nội dung, không lọc;
search-way-columns = xem theo chuyên mục;
search-way-feedback = hỏi cơ quan quản lý trang.
search-pages = Các trang kết quả
search-page-of = Trang { $page }/{ $pages }
search-earlier = Trang trước
search-later = Trang sau
search-days = Khoảng thời gian bị ngược: từ ngày { $from } đến ngày { $until }. Ngày bắt đầu phải trước hoặc trùng ngày kết thúc.
search-day-unreadable = Không đọc được ngày “{ $found }”. Cần một ngày theo dạng năm-tháng-ngày, ví dụ 2022-05-18.
search-rebuilding = Đang lập lại chỉ mục tìm kiếm
search-rebuilt = Đã lập lại chỉ mục tìm kiếm: { $count } nội dung.

help-search = Chỉ mục tìm kiếm của trang
help-search-long =
    Ví dụ:
      nhipcau search rebuild
    Chỉ mục tự thay đổi theo mỗi lần xuất bản; chỉ cần lập lại khi nhipcau verify báo khác nhau.
help-search-rebuild = Lập lại chỉ mục tìm kiếm từ những gì đang được công bố
verify-what-search = chỉ mục tìm kiếm
